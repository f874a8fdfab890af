use super::unit::{SECOND, length};
use super::{DurationError, Problem};
use crate::first_look_alike;

/// Reads a duration as nanoseconds.
///
/// A text is a number of seconds (`"2.5"`), or numbers with units from long to short (`"1h30m"`, `"1h 30m"`, `"1.5h"`,
/// `"5 minutes"`). Each number may have a fraction. The units are `w d h m s ms us ns`, and the longer names of the
/// first five. A leading `-` makes the whole negative; a negative spacing disables a task.
///
/// # Errors
/// When the text is not of that form, is finer than a nanosecond, or is longer than 292 years (`i64::MAX` nanoseconds).
/// The error names the wrong bytes.
///
/// # Examples
/// ```
/// use periodic_text::duration::parse;
///
/// assert_eq!(parse("1h30m"), Ok(5_400_000_000_000));
/// assert_eq!(parse("0.1"), Ok(100_000_000));
/// assert_eq!(parse("90x").unwrap_err().start, 2);
/// ```
pub const fn parse(text: &str) -> Result<i64, DurationError> {
    if let Some((found, start)) = first_look_alike(text) {
        return fail(Problem::LookAlike(found), start, start + found.character().len_utf8());
    }
    let bytes = text.as_bytes();
    let mut at = skip_space(bytes, 0);
    if at == bytes.len() {
        return fail(Problem::Empty, 0, bytes.len());
    }
    let negative = bytes[at] == b'-';
    if negative {
        at = skip_space(bytes, at + 1);
    }
    let mut total: i64 = 0;
    let mut previous_unit = i64::MAX;
    let mut first = true;
    while first || at < bytes.len() {
        let part = match read_part(bytes, at, first) {
            Ok(part) => part,
            Err(error) => return Err(error),
        };
        if part.unit >= previous_unit {
            return fail(Problem::Order, at, part.end);
        }
        total = match total.checked_add(part.nanos) {
            Some(total) => total,
            None => return fail(Problem::Length, 0, bytes.len()),
        };
        previous_unit = part.unit;
        first = false;
        at = skip_space(bytes, part.end);
    }
    Ok(if negative { -total } else { total })
}

struct Part {
    nanos: i64,
    unit: i64,
    end: usize,
}

const fn read_part(bytes: &[u8], start: usize, first: bool) -> Result<Part, DurationError> {
    let whole_end = skip_digits(bytes, start);
    let mut fraction_end = whole_end;
    if whole_end < bytes.len() && bytes[whole_end] == b'.' {
        fraction_end = skip_digits(bytes, whole_end + 1);
        if fraction_end == whole_end + 1 {
            return fail_part(Problem::Number, fraction_end, char_end(bytes, fraction_end));
        }
    }
    if whole_end == start {
        return fail_part(Problem::Number, start, char_end(bytes, start));
    }
    let unit_start = skip_space(bytes, fraction_end);
    let unit_end = skip_letters(bytes, unit_start);
    let unit = if unit_end > unit_start {
        match length(bytes, unit_start, unit_end) {
            Some(unit) => unit,
            None => return fail_part(Problem::Unit, unit_start, unit_end),
        }
    } else if first && skip_space(bytes, unit_end) == bytes.len() {
        SECOND
    } else {
        return fail_part(Problem::MissingUnit, start, fraction_end);
    };
    match scaled(bytes, start, whole_end, fraction_end, unit) {
        Ok(nanos) => Ok(Part { nanos, unit, end: unit_end }),
        Err(problem) => fail_part(problem, start, unit_end),
    }
}

/// Returns the number `bytes[start..fraction_end]`, whose point is at `whole_end`, times `unit`; an error if it is not
/// exact.
const fn scaled(
    bytes: &[u8],
    start: usize,
    whole_end: usize,
    fraction_end: usize,
    unit: i64,
) -> Result<i64, Problem> {
    let mut whole: i64 = 0;
    let mut at = start;
    while at < whole_end {
        whole = match whole.checked_mul(10) {
            Some(tens) => match tens.checked_add((bytes[at] - b'0') as i64) {
                Some(whole) => whole,
                None => return Err(Problem::Length),
            },
            None => return Err(Problem::Length),
        };
        at += 1;
    }
    let Some(mut nanos) = whole.checked_mul(unit) else {
        return Err(Problem::Length);
    };
    // Invariant: `place` is the value of the digit at `at`, in nanoseconds.
    let mut at = whole_end + 1;
    let mut place = unit;
    let mut exact = true;
    while at < fraction_end {
        let digit = (bytes[at] - b'0') as i64;
        exact = exact && place % 10 == 0;
        place /= 10;
        if digit != 0 && !exact {
            // A fraction such as 1/8 h is whole although its digits are not: 3600 s has few factors of ten.
            return scaled_wide(bytes, whole_end, fraction_end, unit, whole);
        }
        nanos = match nanos.checked_add(digit * place) {
            Some(nanos) => nanos,
            None => return Err(Problem::Length),
        };
        at += 1;
    }
    Ok(nanos)
}

/// Returns the same as `scaled`, in 128 bits, for fractions whose single digits are not whole nanoseconds.
const fn scaled_wide(
    bytes: &[u8],
    whole_end: usize,
    fraction_end: usize,
    unit: i64,
    whole: i64,
) -> Result<i64, Problem> {
    let mut numerator: i128 = 0;
    let mut denominator: i128 = 1;
    let mut at = whole_end + 1;
    while at < fraction_end {
        // 10^22 times the longest unit (6.1e14) still fits; more digits cannot be whole nanoseconds.
        if at - whole_end > 22 {
            return Err(Problem::Precision);
        }
        numerator = numerator * 10 + (bytes[at] - b'0') as i128;
        denominator *= 10;
        at += 1;
    }
    let scaled = numerator * unit as i128;
    if scaled % denominator != 0 {
        return Err(Problem::Precision);
    }
    let nanos = whole as i128 * unit as i128 + scaled / denominator;
    // Not `try_from`, which is not `const` yet; the comparison makes the cast exact.
    #[allow(clippy::cast_possible_truncation)]
    if nanos > i64::MAX as i128 { Err(Problem::Length) } else { Ok(nanos as i64) }
}

const fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] == b' ' {
        at += 1;
    }
    at
}

const fn skip_digits(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        at += 1;
    }
    at
}

/// Skips letters. A letter is anything but a digit, space, point or sign, so that `µ` counts and a range ends on a
/// character.
const fn skip_letters(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && !bytes[at].is_ascii_digit() && !matches!(bytes[at], b' ' | b'.' | b'-') {
        at += 1;
    }
    at
}

/// Returns the byte after the character at `at`, or the text's end.
const fn char_end(bytes: &[u8], at: usize) -> usize {
    if at >= bytes.len() {
        return bytes.len();
    }
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] & 0xC0 == 0x80 {
        end += 1;
    }
    end
}

const fn fail(problem: Problem, start: usize, end: usize) -> Result<i64, DurationError> {
    Err(DurationError { problem, start, end })
}

const fn fail_part(problem: Problem, start: usize, end: usize) -> Result<Part, DurationError> {
    Err(DurationError { problem, start, end })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    const S: i64 = SECOND;

    #[test]
    fn numbers_are_seconds() {
        assert_eq!(parse("60"), Ok(60 * S));
        assert_eq!(parse("2.5"), Ok(5 * S / 2));
        assert_eq!(parse(" 0 "), Ok(0));
        assert_eq!(parse("-1"), Ok(-S));
    }

    #[test]
    fn parts_add_up() {
        assert_eq!(parse("1h30m"), Ok(5400 * S));
        assert_eq!(parse("1h 30m 5s"), Ok(5405 * S));
        assert_eq!(parse("1w2d"), Ok((7 + 2) * 86_400 * S));
        assert_eq!(parse("5min"), Ok(300 * S));
        assert_eq!(parse("5 minutes"), Ok(300 * S));
        assert_eq!(parse("1 hour 30 s"), Ok(3630 * S));
        assert_eq!(parse("3µs"), parse("3us"));
    }

    #[test]
    fn fractions_are_exact_or_refused() {
        assert_eq!(parse("0.1s"), Ok(100_000_000));
        assert_eq!(parse("0.000000001"), Ok(1));
        assert_eq!(parse("0.125h"), Ok(450 * S));
        assert_eq!(parse("0.0000000001h"), Ok(360));
        assert_eq!(parse("0.0000000000003125w"), Ok(189));
        assert_eq!(parse("1.0ns"), Ok(1));
        assert_eq!(parse("1.000000000000000000000000"), Ok(S));
        assert_eq!(parse("0.5ns").unwrap_err().problem, Problem::Precision);
        assert_eq!(parse("0.00000000001").unwrap_err().problem, Problem::Precision);
    }

    #[test]
    fn mistakes_tell_where() {
        let at = |text: &str| {
            let error = parse(text).unwrap_err();
            (error.problem, error.start, error.end)
        };
        assert_eq!(at(""), (Problem::Empty, 0, 0));
        assert_eq!(at("  "), (Problem::Empty, 0, 2));
        assert_eq!(at("90x"), (Problem::Unit, 2, 3));
        assert_eq!(at("1h30"), (Problem::MissingUnit, 2, 4));
        assert_eq!(at("60 30m"), (Problem::MissingUnit, 0, 2));
        assert_eq!(at("30m1h"), (Problem::Order, 3, 5));
        assert_eq!(at("1h1h"), (Problem::Order, 2, 4));
        assert_eq!(at("soon"), (Problem::Number, 0, 1));
        assert_eq!(at("1.s"), (Problem::Number, 2, 3));
        assert_eq!(at("-"), (Problem::Number, 1, 1));
        assert_eq!(at("1h-5m"), (Problem::Number, 2, 3));
        assert_eq!(at("99999999999999999999"), (Problem::Length, 0, 20));
        assert_eq!(at("300000w"), (Problem::Length, 0, 7));
        assert_eq!(at("1é"), (Problem::Unit, 1, 3));
        let found = |character| Problem::LookAlike(crate::look_alike(character).unwrap());
        assert_eq!(at("1h\u{a0}30m"), (found('\u{a0}'), 2, 4));
        assert_eq!(at("９0s"), (found('９'), 0, 3));
        assert_eq!(at("−5"), (found('−'), 0, 3));
        assert_eq!(at("\"90s\""), (found('"'), 0, 1));
        let said = parse("1h\u{a0}30m").unwrap_err().to_string();
        assert_eq!(said, "U+00A0, a no-break space, is no part of a duration: write a space");
    }

    #[test]
    fn works_in_constants() {
        const NANOS: i64 = match parse("30m") {
            Ok(nanos) => nanos,
            Err(_) => 0,
        };
        assert_eq!(NANOS, 1800 * S);
    }
}
