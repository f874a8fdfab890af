//! Schedules on the wall clock.

mod any_expression;
mod brute_force;
mod clock_changes;
mod other_parsers;
mod properties;
mod refused;
mod scheduler;

use periodic::schedule::Calendar;
use periodic::task::{Cron, Dst};
use periodic::time::Timestamp;

fn calendar(text: &'static str, zone: &'static str, dst: Dst) -> Calendar {
    Calendar::new(&Cron::parse(text).unwrap().tz(zone).dst(dst), 0).unwrap()
}

fn time(text: &str) -> Timestamp {
    let time: jiff::Timestamp = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    Timestamp::from_nanos(i64::try_from(time.as_nanosecond()).unwrap())
}
