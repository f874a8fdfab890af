//! `L`, `W` and `#`, which belong to the day fields.

use super::part::Part;
use crate::days::Days;
use crate::error::{CronError, Reason};

/// Reads `L`, `L-3`, `LW`, `L-3W` or `15W`; returns `false` for anything else.
pub(super) const fn day_of_month(mut part: Part, days: &mut Days) -> Result<bool, CronError> {
    let from_the_end = part.take(b'L');
    let day = if !from_the_end {
        if !part.peek().is_ascii_digit() || !part.text[part.end - 1].eq_ignore_ascii_case(&b'W') {
            return Ok(false);
        }
        ok!(part.number(1, 31))
    } else if part.take(b'-') {
        ok!(days_before_the_last(&mut part))
    } else {
        0
    };
    let near = part.take(b'W');
    if !part.is_at_end() {
        return Err(part.error(Reason::NotUnderstood));
    }
    let bit = 1 << day;
    match (from_the_end, near) {
        (true, false) => days.last |= bit,
        (true, true) => days.near_last |= bit,
        (false, _) => days.near |= bit,
    }
    Ok(true)
}

/// Reads the number in `L-3`.
///
/// 31 is more than any month has, but is read: the message that `L-31` never fires is clearer than one about its range.
const fn days_before_the_last(part: &mut Part) -> Result<u8, CronError> {
    let start = part.at;
    match ok!(part.digits()) {
        days @ 0..=31 => Ok(days),
        _ => Err(part.error_at(start, part.at, Reason::OutOfRange { low: 0, high: 30 })),
    }
}

/// Reads `5L`, `FRIL`, `5#2` or `FRI#2`; returns `false` for anything else.
pub(super) const fn day_of_week(mut part: Part, days: &mut Days) -> Result<bool, CronError> {
    if part.peek() == b'L' && part.at + 1 == part.end {
        return Err(part.error(Reason::LastOfWhich));
    }
    let name_end = part.at + 3;
    let weekday = if part.peek().is_ascii_digit() {
        ok!(part.number(0, part.field.high_written()))
    } else if name_end <= part.end
        && let Some(weekday) = part.field.named(part.word(part.at, name_end))
    {
        part.at = name_end;
        weekday
    } else {
        return Ok(false);
    };
    let bit = 1 << (weekday % 7);
    if part.take(b'L') && part.is_at_end() {
        days.weekday_last |= bit;
        return Ok(true);
    }
    if part.take(b'#') {
        let start = part.at;
        let nth = ok!(part.digits());
        if !part.is_at_end() {
            return Err(part.error(Reason::NotUnderstood));
        }
        if nth < 1 || nth > 5 {
            return Err(part.error_at(start, part.end, Reason::Nth));
        }
        days.weekday_nth[nth as usize - 1] |= bit;
        return Ok(true);
    }
    Ok(false)
}
