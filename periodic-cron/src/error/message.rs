use core::fmt;

use super::near::nearest;
use super::{CronError, Found, LONGEST, Reason};
use crate::calendar::longest;
use crate::field::Field;
use crate::shorthands::SHORTHANDS;
use crate::values::Values;

const FIELDS: &str = "minute, hour, day of month, month and day of week";

impl fmt::Display for CronError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            None => self.about_the_whole(f),
            Some(field) => {
                write!(f, "{}: ", field.label())?;
                self.about(field, f)
            }
        }
    }
}

impl CronError {
    fn about_the_whole(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found;
        match self.reason {
            Reason::TooLong(length) => {
                write!(f, "an expression has at most {LONGEST} bytes, and this one has {length}")
            }
            Reason::FieldCount(1) => {
                write!(f, "1 field was found: write five, which are {FIELDS}, or six with the second first")?;
                let names = SHORTHANDS.map(|(name, _)| name.trim_start_matches('@'));
                nearest(found.text(), names, 2).map_or(Ok(()), |name| write!(f, "; did you mean `@{name}`?"))
            }
            Reason::FieldCount(7) => {
                write!(
                    f,
                    "7 fields were found, and a seventh would be a year: years are not supported, leave {found} out"
                )
            }
            Reason::FieldCount(count) => {
                write!(
                    f,
                    "{count} fields were found: write five, which are {FIELDS}, or six with the second first"
                )
            }
            Reason::LookAlike(character) => {
                write!(f, "{character}, is no part of an expression: {}", character.instead())
            }
            Reason::Zone => about_a_zone(found, f),
            Reason::Reboot => {
                write!(f, "{found} is not a time: write `run_immediately` to run once at the start")
            }
            Reason::UnknownShorthand if found.text().starts_with("@every") => {
                write!(f, "{found} is an interval: write it as `spacing`, in place of `cron`")
            }
            Reason::UnknownShorthand => match nearest(found.text(), SHORTHANDS.map(|(name, _)| name), 3) {
                Some(name) => write!(f, "{found} is not known: did you mean `{name}`?"),
                None => {
                    write!(
                        f,
                        "{found} is not known: write `@hourly`, `@daily`, `@weekly`, `@monthly` or `@yearly`"
                    )
                }
            },
            Reason::NoSuchDay { months, chosen } => {
                let lengths = (1..=12).filter(|month| chosen >> month & 1 == 1).map(longest);
                let longest = lengths.max().unwrap_or_default();
                write!(
                    f,
                    "this never fires: the day of month is {found}, and the longest of the months {months} has {longest} days"
                )?;
                let is_a_number = found.text().starts_with(|first: char| first.is_ascii_digit());
                f.write_str(if is_a_number { "; `L` is the last day of each" } else { "" })
            }
            Reason::NoCommonDay(weekdays) => {
                write!(
                    f,
                    "this never fires: because a day field begins with `*`, a day must match both {found} and {weekdays}, and none does"
                )
            }
            _ => {
                write!(f, "the expression is empty: write five fields, which are {FIELDS}, as in `0 3 * * *`")
            }
        }
    }

    fn about(&self, field: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found;
        match self.reason {
            Reason::EmptyItem => {
                f.write_str("nothing stands on one side of a comma: write a list without spaces, as in `1,5`")
            }
            Reason::HashRange => {
                write!(
                    f,
                    "{found} is not understood: `H` takes a range, as in `H({}-{})`",
                    field.low(),
                    field.high()
                )
            }
            Reason::LastOfWhich => f.write_str(
                "`L` alone does not say which day: write `FRIL` for the last Friday of the month, or `SAT`",
            ),
            Reason::UnknownName => self.about_a_name(field, f),
            Reason::OutOfRange { low, high } => {
                write!(f, "{found} is out of range: write {low} to {high}")?;
                f.write_str(match (field, found.text()) {
                    (Field::Hour, "24") => ", where 0 is midnight",
                    (Field::Minute, "60") => ", where 0 is the full hour",
                    (Field::Weekday, _) => ", where 0 and 7 are Sunday",
                    _ => "",
                })
            }
            Reason::Nth => write!(
                f,
                "{found} is out of range: after `#` write 1 to 5, as no day of the week comes more often in a month"
            ),
            Reason::Reversed { low, high } => {
                let (before, after) = (Span(field, low, field.high()), Span(field, field.low(), high));
                write!(
                    f,
                    "the range {found} ends before it begins: write `{before},{after}` to go over the end"
                )
            }
            Reason::ReversedHash => write!(f, "the range {found} ends before it begins"),
            Reason::ZeroStep => f.write_str("a step cannot be 0: write 1 or more"),
            Reason::LongStep { low } => {
                let low = Span(field, low, low);
                write!(
                    f,
                    "{found} matches only `{low}`, because steps begin anew {}: write `{low}`, or `spacing` in place of `cron` for a longer interval",
                    anew(field)
                )
            }
            Reason::LongHashStep { values } => {
                write!(
                    f,
                    "the step of {found} is out of range: write 1 to {values}, as steps begin anew {}, or `spacing` in place of `cron` for a longer interval",
                    anew(field)
                )
            }
            Reason::NotHere(sign) => {
                write!(f, "{found} has no meaning here: ")?;
                f.write_str(match sign {
                    '?' => "`?` stands in the two day fields only; write `*`",
                    'L' => "`L` is a day of month, as in `L` and `L-3`, or marks a day of week, as in `FRIL`",
                    'W' => "`W` marks a day of month, as in `15W`",
                    _ => "`#` marks a day of week, as in `FRI#2`",
                })
            }
            Reason::TooManyHashes => {
                write!(f, "more than {} `H` in one field: write a step, as in `H/6`", Values::MOST_HASHES)
            }
            _ => write!(f, "{found} is not understood: write {}", forms(field)),
        }
    }

    fn about_a_name(&self, field: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.found.text();
        let found = self.found;
        if Field::Month.named(word.as_bytes()).is_some() {
            return write!(f, "{found} is a month: write it in the last field but one");
        }
        if Field::Weekday.named(word.as_bytes()).is_some() {
            return write!(f, "{found} is a day of the week: write it in the last field");
        }
        write!(f, "{found} is not a name: ")?;
        match (nearest(word, field.names().iter().copied(), 1), field) {
            (Some(name), _) => write!(f, "did you mean `{name}`?"),
            (None, Field::Month) => f.write_str("write JAN to DEC, or 1 to 12"),
            (None, _) => f.write_str("write SUN to SAT, or 0 to 7"),
        }
    }
}

fn about_a_zone(found: Found, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = found.text();
    // A text with control characters is no zone's name.
    let may_be_a_zone =
        found.is_whole() && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let name = if may_be_a_zone { text } else { "Europe/Berlin" };
    write!(
        f,
        "a time zone is no part of an expression: leave it out, and write it beside `cron`, as in `tz = \"{name}\"`"
    )
}

/// A range in the syntax of expressions, with names if the field has some.
struct Span(Field, u8, u8);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(field, low, high) = *self;
        let name = |value: u8| field.names().get(usize::from(value - field.low()));
        let write = |f: &mut fmt::Formatter<'_>, value| match name(value) {
            Some(name) => f.write_str(name),
            None => fmt::Display::fmt(&value, f),
        };
        write(f, low)?;
        if low == high {
            return Ok(());
        }
        f.write_str("-")?;
        write(f, high)
    }
}

const fn anew(field: Field) -> &'static str {
    match field {
        Field::Second => "every minute",
        Field::Minute => "every hour",
        Field::Hour => "every day",
        Field::Day => "every month",
        Field::Month => "every year",
        Field::Weekday => "every week",
    }
}

const fn forms(field: Field) -> &'static str {
    match field {
        Field::Second | Field::Minute | Field::Hour => {
            "a number, a range as in `1-5`, a step as in `*/5`, a list as in `1,5`, or `H`"
        }
        Field::Day => {
            "a number, a range as in `1-5`, a step as in `*/5`, a list as in `1,5`, `L`, `15W`, or `H`"
        }
        Field::Month => {
            "a number, a name, a range as in `1-5`, a step as in `*/3`, a list as in `JAN,JUL`, or `H`"
        }
        Field::Weekday => {
            "a number, a name, a range as in `MON-FRI`, a list as in `MON,THU`, `FRIL`, `FRI#2`, or `H`"
        }
    }
}
