//! Reading RFC 3339, the form of times in tests and settings files.

use core::fmt;
use core::str::FromStr;

use super::Timestamp;

/// An error: the text is no RFC 3339 time, or lies outside the years 1677 to 2262.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError {
    text: String,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no time between the years 1677 and 2262: write it as in `2026-03-29T01:30:00Z` or \
             `2026-03-29T03:30:00.5+02:00`",
            self.text
        )
    }
}

impl core::error::Error for TimestampError {}

/// Reads RFC 3339, in UTC or with an offset: `2026-03-29T01:30:00Z`, `2026-03-29T03:30:00.5+02:00`.
///
/// Refuses a leap second, and fractions finer than a nanosecond.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        read(text.as_bytes()).ok_or_else(|| TimestampError { text: text.into() })
    }
}

fn read(text: &[u8]) -> Option<Timestamp> {
    let (date, rest) = text.split_at_checked(10)?;
    let (year, month, day) = (number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
    let valid = date[4] == b'-' && date[7] == b'-' && (1..=12).contains(&month);
    if !valid || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let (clock, rest) = rest.split_at_checked(9)?;
    let (hour, minute, second) = (number(&clock[1..3])?, number(&clock[4..6])?, number(&clock[7..])?);
    let valid = matches!(clock[0], b'T' | b't' | b' ') && clock[3] == b':' && clock[6] == b':';
    if !valid || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanos, rest) = fraction(rest)?;
    let seconds = civil_days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset(rest)?;
    let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    i64::try_from(nanos).ok().map(Timestamp::from_nanos)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else { return Some((0, text)) };
    let length = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let (digits, rest) = digits.split_at(length);
    let missing = u32::try_from(9 - length).ok()?;
    Some((number(digits)? * 10_i64.pow(missing), rest))
}

/// Returns the seconds east of Greenwich.
fn offset(text: &[u8]) -> Option<i64> {
    match text {
        b"Z" | b"z" => Some(0),
        [sign @ (b'+' | b'-'), hour @ .., b':', minute_tens, minute_ones] if hour.len() == 2 => {
            let (hour, minute) = (number(hour)?, number(&[*minute_tens, *minute_ones])?);
            let east = hour * 3_600 + minute * 60;
            (hour <= 23 && minute <= 59).then_some(if *sign == b'-' { -east } else { east })
        }
        _ => None,
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns the days from 1970-01-01 to a Gregorian date (Hinnant's algorithm, as for printing).
fn civil_days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_is_printed() {
        let mut nanos: i64 = i64::MIN;
        for _ in 0..2_000 {
            let time = Timestamp::from_nanos(nanos);
            assert_eq!(time.to_string().parse(), Ok(time));
            nanos = nanos.wrapping_mul(31).wrapping_add(1_234_567_891);
        }
    }

    #[test]
    fn offsets_are_taken_off() {
        let utc: Timestamp = "2026-03-29T01:30:00.5Z".parse().unwrap();
        for text in ["2026-03-29T03:30:00.500+02:00", "2026-03-28t20:00:00.5-05:30", "2026-03-29 01:30:00.5z"]
        {
            assert_eq!(text.parse(), Ok(utc), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-03-29",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-03-29T24:00:00Z",
            "2026-03-29T00:00:60Z",
            "2026-03-29T00:00:00",
            "2026-03-29T00:00:00.Z",
            "2026-03-29T00:00:00.1234567890Z",
            "2026-03-29T00:00:00+2:00",
            "2026-03-29T00:00:00Z ",
            "1000-01-01T00:00:00Z",
            "２026-03-29T00:00:00Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }
}
