use super::days::{day_of_month, day_of_week};
use super::part::Part;
use crate::cron::Cron;
use crate::error::{CronError, Reason};
use crate::field::Field;
use crate::hash::{Hash, every};

/// Reads one item of a list into `cron`.
pub(super) const fn item(mut part: Part, is_first: bool, cron: &mut Cron) -> Result<(), CronError> {
    let field = part.field;
    let is_special = match field {
        Field::Day => ok!(day_of_month(part, &mut cron.special_days)),
        Field::Weekday => ok!(day_of_week(part, &mut cron.special_days)),
        _ => false,
    };
    if is_special {
        return Ok(());
    }
    let values = &mut cron.values[field as usize];
    if part.peek() == b'H' {
        let hash = ok!(hash(part));
        if is_first {
            values.begins_with_stepped_hash = hash.step > 0 && hash.covers(field);
        }
        return if values.add_hash(hash) { Ok(()) } else { Err(part.error(Reason::TooManyHashes)) };
    }
    if is_first {
        values.begins_with_star = matches!(part.peek(), b'*' | b'?');
    }
    let (low, high) = ok!(range(&mut part));
    let step = ok!(step(&mut part, high - low, Reason::LongStep { low }));
    ok!(end(part));
    values.add(every(field, low, high, if step == 0 { 1 } else { step }));
    Ok(())
}

/// Reads `H` or `H(0-29)`, with a step or without.
const fn hash(mut part: Part) -> Result<Hash, CronError> {
    part.at += 1;
    let (mut low, mut high) = (part.field.low(), part.field.high_drawn());
    if part.take(b'(') {
        let before = part.at;
        low = ok!(value(&mut part));
        if !part.take(b'-') {
            return Err(part.error(Reason::HashRange));
        }
        high = ok!(value(&mut part));
        if high < low {
            high = ok!(over_the_end(&part, before, high, Reason::ReversedHash));
        }
        if !part.take(b')') {
            return Err(part.error(Reason::HashRange));
        }
    }
    let values = high - low + 1;
    let step = ok!(step(&mut part, values, Reason::LongHashStep { values }));
    ok!(end(part));
    Ok(Hash { low, high, step })
}

/// Reads all values, a range, a value, or a value with a step, which is a range to the field's end.
const fn range(part: &mut Part) -> Result<(u8, u8), CronError> {
    let (start, field) = (part.at, part.field);
    if part.take(b'*') {
        return Ok((field.low(), field.high()));
    }
    if part.take(b'?') {
        return match field {
            Field::Day | Field::Weekday => Ok((field.low(), field.high())),
            _ => Err(part.error(Reason::NotHere('?'))),
        };
    }
    let low = ok!(value(part));
    if part.take(b'-') {
        let mut high = ok!(value(part));
        if high < low {
            high = ok!(over_the_end(part, start, high, Reason::Reversed { low, high }));
        }
        return Ok((low, high));
    }
    if part.peek() == b'/' {
        let is_sunday_again = low > field.high();
        return Ok((if is_sunday_again { field.low() } else { low }, field.high()));
    }
    Ok((low, low))
}

/// Returns the end of a range that ends before it begins. For days of the week that is a range like any other: there is
/// no agreed first day of the week.
const fn over_the_end(part: &Part, start: usize, high: u8, reversed: Reason) -> Result<u8, CronError> {
    match part.field {
        Field::Weekday => Ok(high + 7),
        _ => Err(part.error_at(start, part.at, reversed)),
    }
}

/// Reads a number of the field, or one of its names.
const fn value(part: &mut Part) -> Result<u8, CronError> {
    if part.peek().is_ascii_digit() {
        return part.number(part.field.low(), part.field.high_written());
    }
    let (start, end) = (part.at, part.word_end());
    if let Some(value) = part.field.named(part.word(start, end)) {
        part.at = end;
        return Ok(value);
    }
    let is_sign = end - start == 1 && matches!(part.peek(), b'L' | b'W');
    let is_cut_short = end < part.end && !part.text[end].is_ascii();
    let belongs_elsewhere = Field::is_a_name(part.word(start, end));
    if !belongs_elsewhere && (start == end || is_sign || is_cut_short || part.field.names().is_empty()) {
        return Err(unexpected(*part));
    }
    Err(part.error_at(start, end, Reason::UnknownName))
}

/// Reads the number after `/`, which is `too_long` above `longest`; returns 0 if there is none.
const fn step(part: &mut Part, longest: u8, too_long: Reason) -> Result<u8, CronError> {
    if !part.take(b'/') {
        return Ok(0);
    }
    let start = part.at;
    let step = ok!(part.digits());
    if !part.is_at_end() {
        return Err(unexpected(*part));
    }
    if step == 0 {
        return Err(part.error_at(start, part.end, Reason::ZeroStep));
    }
    if step > longest {
        return Err(part.error(too_long));
    }
    Ok(step)
}

const fn end(part: Part) -> Result<(), CronError> {
    if part.is_at_end() { Ok(()) } else { Err(unexpected(part)) }
}

/// Returns the error of a character that belongs to another field, or to none.
const fn unexpected(part: Part) -> CronError {
    let sign = part.peek();
    let elsewhere = match (part.field, sign) {
        (Field::Day, b'L') => part.at > part.start,
        (Field::Day, b'W') | (Field::Weekday, b'L' | b'#') => false,
        (_, b'L' | b'W' | b'#') => true,
        _ => false,
    };
    let next = part.at + 1;
    let in_a_word = next < part.end
        && part.text[next].is_ascii_alphabetic()
        && !part.text[next].eq_ignore_ascii_case(&b'W');
    part.error(if elsewhere && !in_a_word { Reason::NotHere(sign as char) } else { Reason::NotUnderstood })
}
