//! The goals, as data.

use crate::finding::Unit;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// Its letter.
    pub letter: char,
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
    /// At least this figure.
    AtLeast(f64, Unit),
    /// At most this many times the figure that it is compared with.
    AtMostTimes(f64, Unit),
    /// No target: the comparison is shown beside the goals.
    Shown(Unit),
}

use Target::{AtLeast, AtMost, AtMostTimes, Shown};
use Unit::{Bytes, Count, Nanos, Percent, Seconds};

const fn goal(letter: char, key: &'static str, what: &'static str, target: Target) -> Goal {
    Goal { letter, key, what, target }
}

const fn shown(key: &'static str, what: &'static str) -> Goal {
    Goal { letter: ' ', key, what, target: Shown(Nanos) }
}

/// All goals, in the order of the table.
pub const GOALS: &[Goal] = &[
    goal('A', "spawned_10k", "spawned, 2 threads, 10 k mixed: CPU of a run", AtMostTimes(0.9, Nanos)),
    goal('A', "spawned_1k", "spawned, 2 threads, 1 k mixed: CPU of a run", AtMostTimes(0.9, Nanos)),
    goal('A', "spawned_100k", "spawned, 2 threads, 100 k mixed: CPU of a run", AtMostTimes(0.9, Nanos)),
    goal('A', "spawned_1m", "spawned, 2 threads, 1 M mixed: CPU of a run", AtMostTimes(0.9, Nanos)),
    goal('A', "spawned_10k_one", "spawned, one thread, 10 k mixed: CPU of a run", AtMostTimes(0.9, Nanos)),
    goal('B', "inline_10k", "inline, 2 threads, 10 k mixed: CPU of a run", AtMostTimes(0.6, Nanos)),
    goal('B', "inline_10k_one", "inline, one thread, 10 k mixed: CPU of a run", AtMostTimes(0.6, Nanos)),
    goal('B', "inline_instructions", "inline, 10 k mixed: instructions of a run", AtMost(800.0, Count)),
    goal('C', "logged", "A with `fmt` at INFO: CPU of a run", AtMostTimes(1.2, Nanos)),
    goal('C', "logged_one", "the same on one thread", AtMostTimes(1.2, Nanos)),
    goal(
        'D',
        "herd_start",
        "10 k at once that await 2 ms, 2 threads: p50 of the start",
        AtMostTimes(1.0, Nanos),
    ),
    goal('D', "herd_cpu", "10 k at once that await 2 ms, 2 threads: CPU of a run", AtMostTimes(1.2, Nanos)),
    goal(
        'D',
        "herd_start_one",
        "10 k at once that await 2 ms, one thread: p50 of the start",
        AtMostTimes(1.0, Nanos),
    ),
    goal(
        'D',
        "herd_cpu_one",
        "10 k at once that await 2 ms, one thread: CPU of a run",
        AtMostTimes(1.2, Nanos),
    ),
    goal('D', "herd_allocations", "10 k at once that await 2 ms: allocations of a run", AtMost(1.0, Count)),
    goal('E', "hold", "longest hold of the lock, 100 k tasks", AtMost(1_000_000.0, Nanos)),
    goal('F', "bytes_100k", "memory of a task beside name and declaration, 100 k", AtMost(160.0, Bytes)),
    goal('F', "bytes_1m", "memory of a task beside name and declaration, 1 M", AtMost(160.0, Bytes)),
    goal('F', "returned", "memory that is returned when 1 M tasks are removed", AtLeast(90.0, Percent)),
    goal('G', "stepped_10k", "scheduler step by step, 10 k mixed", AtMostTimes(1.5, Nanos)),
    goal('G', "stepped_1m", "scheduler step by step, 1 M mixed", AtMostTimes(2.0, Nanos)),
    goal('H', "pass_due", "sequential pass, 10 k due at once", AtMostTimes(1.2, Nanos)),
    goal('H', "pass_1k", "sequential pass, 1 k mixed", AtMostTimes(1.2, Nanos)),
    goal('H', "pass_1m", "sequential pass, 1 M mixed", AtMostTimes(1.2, Nanos)),
    goal('I', "edit_1", "debug build after an edit of a body, 1 task", AtMostTimes(1.1, Seconds)),
    goal('I', "edit_100", "debug build after an edit of a body, 100 tasks", AtMostTimes(0.12, Seconds)),
    goal('J', "release_1", "release build after an edit of a body, 1 task", AtMostTimes(2.0, Seconds)),
    goal('K', "build", "default build from nothing", AtMostTimes(1.5, Seconds)),
    goal('L', "lateness", "lateness of 1 k tasks of 10–1000 ms, p50", AtMostTimes(0.8, Nanos)),
    goal('L', "precise", "the same with `precise`", AtMostTimes(0.02, Nanos)),
    goal('M', "loss", "runs more or fewer than slots, of a round", AtMost(0.0, Count)),
    goal('M', "drift", "drift from the first run to the last, median", AtMost(50_000.0, Nanos)),
    goal('M', "stall", "tasks that did not run within a period after a stall of 3.5 s", AtMost(0.0, Count)),
    goal('M', "idle_allocations", "allocations of a tick with nothing due", AtMost(0.0, Count)),
    goal('M', "sync_allocations", "allocations of a sync run", AtMost(0.0, Count)),
    goal('M', "wakeups", "wake-ups of a process with 1 k idle tasks in 70 s", AtMostTimes(1.0, Count)),
    goal('M', "wakeups_wall", "the same with wall-clock schedules", AtMostTimes(1.0, Count)),
    goal('N', "cron_median", "next slot of a cron expression, median of 20", AtMost(1_000.0, Nanos)),
    goal('N', "cron_worst", "next slot of a cron expression, worst of 20", AtMost(10_000.0, Nanos)),
    goal('N', "year", "a year of nova-compute simulated", AtMost(0.5, Seconds)),
];

/// The sequential pass and the scheduler beside peers, in virtual time. A user of a `Runner` does not get these.
pub const BESIDE: &[Goal] = &[
    shown("idle_flat", "scheduler: a poll with nothing due, 1 M tasks"),
    shown("idle_clokwerk", "scheduler: a poll with nothing due, 10 k tasks"),
    shown("idle_cron_scheduler", "scheduler: a poll with nothing due, 10 k tasks"),
    shown("due_clokwerk", "sequential pass: all of 10 k due"),
    shown("due_delay_queue", "sequential pass: all of 10 k due"),
    shown("due_interval", "sequential pass: all of 10 k due"),
    shown("due_async", "sequential pass: all of 10 k due, async, ready at the first poll"),
    shown("mixed_1k", "sequential pass: 1 k mixed"),
    shown("mixed_1m", "sequential pass: 1 M mixed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_one_goal() {
        let mut keys: Vec<_> = GOALS.iter().chain(BESIDE).map(|goal| goal.key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn the_goals_are_a_to_n() {
        let mut letters: Vec<_> = GOALS.iter().map(|goal| goal.letter).collect();
        letters.dedup();
        assert_eq!(letters.into_iter().collect::<String>(), "ABCDEFGHIJKLMN");
    }
}
