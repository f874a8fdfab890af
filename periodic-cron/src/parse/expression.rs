use periodic_text::first_look_alike;

use super::list::list;
use super::shorthand::shorthand;
use super::zone::zone;
use crate::cron::Cron;
use crate::days::Days;
use crate::error::{CronError, Found, Reason};
use crate::field::Field;
use crate::values::Values;

/// The start and end of the fields that were found, the first seven of them.
pub(super) struct Fields {
    pub(super) ends: [(usize, usize); 7],
    pub(super) count: usize,
}

/// Reads a whole expression.
pub(crate) const fn expression(text: &str) -> Result<Cron, CronError> {
    // Before all else, because what such a character breaks would be told of something else: of a space, that a field is
    // missing.
    if let Some((found, start)) = first_look_alike(text) {
        let end = start + found.character().len_utf8();
        let nothing = Found::new(text.as_bytes(), start, start);
        return Err(CronError::new(Reason::LookAlike(found), None, nothing, start, end));
    }
    let text = text.as_bytes();
    let fields = split(text);
    if fields.count == 0 {
        return Err(CronError::new(Reason::Empty, None, Found::new(text, 0, 0), 0, text.len()));
    }
    if let Some(error) = zone(text, &fields) {
        return Err(error);
    }
    let (start, end) = fields.ends[0];
    if text[start] != b'@' {
        return of_fields(text, &fields);
    }
    let end = if fields.count == 1 { end } else { last_end(text) };
    let meaning = ok!(shorthand(text, start, end));
    of_fields(meaning, &split(meaning))
}

const fn of_fields(text: &[u8], fields: &Fields) -> Result<Cron, CronError> {
    let missing = match fields.count {
        5 => 1,
        6 => 0,
        count => {
            let start = if count > 6 { fields.ends[6].0 } else { fields.ends[0].0 };
            let end = last_end(text);
            let found = Found::new(text, start, end);
            return Err(CronError::new(Reason::FieldCount(count), None, found, start, end));
        }
    };
    let mut cron = empty();
    if missing == 1 {
        cron.values[0].add(1);
    }
    let mut index = missing;
    while index < 6 {
        ok!(list(text, fields.ends[index - missing], Field::ALL[index], &mut cron));
        index += 1;
    }
    let [_, _, _, day, _, weekday] = &cron.values;
    cron.special_days.either = !day.begins_with_star && !weekday.begins_with_star;
    let (days, months) = cron.widest_days();
    if days.ever(months) {
        return Ok(cron);
    }
    Err(never(text, fields, missing, &days, months))
}

/// Says which two fields leave no day.
const fn never(text: &[u8], fields: &Fields, missing: usize, days: &Days, months: u16) -> CronError {
    let (start, day_end) = fields.ends[Field::Day as usize - missing];
    let by_number = days.never_by_number(months);
    let other = if by_number { Field::Month } else { Field::Weekday };
    let (other_start, end) = fields.ends[other as usize - missing];
    let with = Found::new(text, other_start, end);
    let reason = if by_number {
        Reason::NoSuchDay { months: with, chosen: months }
    } else {
        Reason::NoCommonDay(with)
    };
    CronError::new(reason, None, Found::new(text, start, day_end), start, end)
}

const fn empty() -> Cron {
    let [second, minute, hour, day, month, weekday] = Field::ALL;
    Cron {
        values: [
            Values::none(second),
            Values::none(minute),
            Values::none(hour),
            Values::none(day),
            Values::none(month),
            Values::none(weekday),
        ],
        special_days: Days::NONE,
    }
}

const fn split(text: &[u8]) -> Fields {
    let mut fields = Fields { ends: [(0, 0); 7], count: 0 };
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while at < text.len() && !text[at].is_ascii_whitespace() {
            at += 1;
        }
        if at > start {
            if fields.count < 7 {
                fields.ends[fields.count] = (start, at);
            }
            fields.count += 1;
        } else {
            at += 1;
        }
    }
    fields
}

const fn last_end(text: &[u8]) -> usize {
    text.trim_ascii_end().len()
}
