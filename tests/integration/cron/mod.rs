//! Schedules on the wall clock.

mod accounts;
mod any_expression;
mod brute_force;
mod clock_changes;
mod every_change;
mod other_parsers;
mod properties;
mod read;
mod refused;
mod scheduler;

use periodic::PeriodicManager;
use periodic::manager::{Call, Collector, Given};
use periodic::schedule::Calendar;
use periodic::task::{Cron, Dst, TaskSpec};
use periodic::time::Timestamp;

/// A manager whose tasks are these, and do nothing.
pub(super) struct Rows(pub(super) Vec<TaskSpec>);

impl PeriodicManager for Rows {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Manager");
        collector.tasks(&self.0);
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Manager", row)
    }
}

fn calendar(text: &'static str, zone: &'static str, dst: Dst) -> Calendar {
    Calendar::new(&Cron::parse(text).unwrap().tz(zone).dst(dst), 0).unwrap()
}

fn time(text: &str) -> Timestamp {
    let time: jiff::Timestamp = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    Timestamp::from_nanos(i64::try_from(time.as_nanosecond()).unwrap())
}
