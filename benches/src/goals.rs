//! The goals, as data.

use crate::finding::Unit;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// The number of its goal; zero for a promise beside the goals.
    pub number: u8,
    /// The key of its [`Finding`](crate::finding::Finding).
    pub key: &'static str,
    /// The measured quantity.
    pub what: &'static str,
    /// The target.
    pub target: Target,
}

/// The target of a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At most this figure.
    AtMost(f64, Unit),
    /// At most this many times the figure that it is compared with.
    AtMostTimes(f64, Unit),
    /// At most the figure that it is compared with, divided by this number.
    TimesLess(f64, Unit),
}

use Target::{AtMost, AtMostTimes, TimesLess};
use Unit::{Bytes, Count, Nanos, Seconds};

const fn goal(number: u8, key: &'static str, what: &'static str, target: Target) -> Goal {
    Goal { number, key, what, target }
}

/// All goals, in the order of the table.
pub const GOALS: &[Goal] = &[
    goal(1, "idle_million", "a tick with nothing due, 1 M tasks", AtMost(5.0, Nanos)),
    goal(1, "idle_flat", "a tick with nothing due, 1 M tasks against 1", AtMostTimes(1.5, Nanos)),
    goal(1, "idle_clokwerk", "a tick with nothing due, 10 k tasks", TimesLess(1_000.0, Nanos)),
    goal(1, "idle_cron_scheduler", "a tick with nothing due, 10 k tasks", TimesLess(10_000.0, Nanos)),
    goal(2, "due_clokwerk", "all of 10 k due, sync, inline", TimesLess(3.0, Nanos)),
    goal(2, "due_delay_queue", "all of 10 k due, sync, inline", TimesLess(10.0, Nanos)),
    goal(2, "due_interval", "all of 10 k due, sync, inline", TimesLess(15.0, Nanos)),
    goal(3, "mixed_1k", "periods of 10–1000 ms, 1 k tasks", TimesLess(8.0, Nanos)),
    goal(3, "mixed_1m", "periods of 10–1000 ms, 1 M tasks", TimesLess(5.0, Nanos)),
    goal(4, "async_inline", "async, inline, ready at the first poll", TimesLess(15.0, Nanos)),
    goal(4, "async_allocations", "allocations of such a run", AtMost(0.0, Count)),
    goal(4, "spawned", "spawned runs of a runner", AtMostTimes(1.3, Nanos)),
    goal(5, "bytes_100k", "memory of a task, 100 k tasks, beside its row", AtMost(64.0, Bytes)),
    goal(5, "bytes_1m", "memory of a task, 1 M tasks, beside its row", AtMost(64.0, Bytes)),
    goal(5, "idle_allocations", "allocations of a tick with nothing due", AtMost(0.0, Count)),
    goal(5, "sync_allocations", "allocations of a sync run", AtMost(0.0, Count)),
    goal(6, "lateness", "lateness of 1 k tasks of 10–1000 ms, p50", AtMostTimes(0.8, Nanos)),
    goal(6, "lateness_cpu", "processor time of such a run", AtMostTimes(0.8, Nanos)),
    goal(6, "precise", "lateness with `precise`, p50", TimesLess(50.0, Nanos)),
    goal(7, "loss", "runs more or fewer than slots, of a round", AtMost(0.0, Count)),
    goal(7, "drift", "drift from the first run to the last, median", AtMost(50_000.0, Nanos)),
    goal(7, "stall", "tasks that did not run within a period after a stall of 3.5 s", AtMost(0.0, Count)),
    goal(8, "wakeups", "wake-ups of a process with 1 k idle tasks in 70 s", AtMostTimes(1.0, Count)),
    goal(8, "wakeups_wall", "the same with wall-clock schedules", AtMostTimes(1.0, Count)),
    goal(9, "build", "processor time of the default build", AtMostTimes(1.5, Seconds)),
    goal(10, "macro", "the macro's parsing of 1000 methods", TimesLess(3.0, Nanos)),
    goal(0, "control", "a control call while 1 M tasks run, p99.9", AtMost(1_000_000.0, Nanos)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_one_goal() {
        let mut keys: Vec<_> = GOALS.iter().map(|goal| goal.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), GOALS.len());
    }
}
