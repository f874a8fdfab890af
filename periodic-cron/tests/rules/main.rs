//! The rules of cron expressions, seen from outside.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod count;
mod days;
mod expression;
mod hash;
mod mistakes;
mod naive;
mod properties;
mod syntax;
mod times;

use periodic_cron::{Civil, Cron, Pattern};

fn pattern(text: &str) -> Pattern {
    match Cron::parse(text) {
        Ok(cron) => cron.resolve(0),
        Err(error) => panic!("{error}\n{}", error.caret(text)),
    }
}

fn at(date: (i16, i8, i8), time: (i8, i8, i8)) -> Civil {
    let ((year, month, day), (hour, minute, second)) = (date, time);
    Civil { year, month, day, hour, minute, second }
}

/// The dates on which `text` fires in the days from `from` up to the end of `until`; it must fire at midnight only.
fn dates(text: &str, from: (i16, i8, i8), until: (i16, i8, i8)) -> Vec<(i16, i8, i8)> {
    let (pattern, mut dates) = (pattern(text), Vec::new());
    let mut next = pattern.next_after(at((from.0, from.1, from.2 - 1), (23, 59, 59)));
    while let Some(found) = next.filter(|found| (found.year, found.month, found.day) <= until) {
        assert_eq!((found.hour, found.minute, found.second), (0, 0, 0));
        dates.push((found.year, found.month, found.day));
        next = pattern.next_after(found);
    }
    dates
}

/// The days of one month on which `text` fires at midnight.
fn days_of(text: &str, year: i16, month: i8) -> Vec<i8> {
    dates(text, (year, month, 1), (year, month, 31)).into_iter().map(|(_, _, day)| day).collect()
}
