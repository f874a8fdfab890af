use periodic_text::first_look_alike;

use super::fields::{Fields, last_end, split};
use super::list::list;
use super::shorthand::shorthand;
use super::zone::zone;
use crate::cron::Cron;
use crate::days::Days;
use crate::error::{CronError, Found, LONGEST, Reason};
use crate::field::Field;
use crate::values::Values;

impl Cron {
    /// Reads an expression: five fields, six with the seconds first, or a name such as `@daily`.
    ///
    /// # Errors
    /// When the text is not an expression, or when it never fires for any values of its `H`. The error names the wrong
    /// bytes.
    ///
    /// # Examples
    /// ```
    /// use periodic_cron::{Cron, CronErrorKind};
    ///
    /// static NIGHTLY: Cron = match Cron::parse("H 3 * * MON-FRI") {
    ///     Ok(cron) => cron,
    ///     Err(_) => panic!("not an expression"),
    /// };
    /// assert!(NIGHTLY.has_hash());
    ///
    /// let error = Cron::parse("0 3 * * MOM").unwrap_err();
    /// assert_eq!(error.kind(), CronErrorKind::UnknownName);
    /// assert_eq!(error.span(), 8..11);
    /// ```
    pub const fn parse(text: &str) -> Result<Self, CronError> {
        expression(text)
    }
}

const fn expression(text: &str) -> Result<Cron, CronError> {
    if text.len() > LONGEST {
        let (end, found) = (text.len(), Found::new(text.as_bytes(), 0, text.len()));
        return Err(CronError::new(Reason::TooLong(end), None, found, 0, end));
    }
    // This check comes first: other checks would misreport such a character. A no-break space would look like a missing
    // field.
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

/// Returns the error that names the two fields that leave no day.
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
