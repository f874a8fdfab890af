//! The measurements; each returns the findings of a goal.

pub mod builds;
pub mod calendar;
pub mod children;
pub mod due;
pub mod holds;
pub mod idle;
pub mod instructions;
pub mod logged;
pub mod memory;
pub mod mixed;
pub mod real_time;
pub mod users;

use std::time::Duration;

/// The extent of the measurements.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The rounds of each contender.
    pub rounds: usize,
    /// The number of tasks that stands for a million.
    pub million: usize,
    /// The length of a round that waits for each slot of a task.
    pub real_time: Duration,
    /// The length of a round that only counts.
    pub window: Duration,
}

impl Effort {
    /// For the table.
    pub const FULL: Self = Self {
        rounds: 7,
        million: 1_000_000,
        real_time: Duration::from_secs(2),
        window: Duration::from_millis(300),
    };
    /// For a check that the measurements work.
    pub const QUICK: Self = Self {
        rounds: 3,
        million: 100_000,
        real_time: Duration::from_millis(1_200),
        window: Duration::from_millis(200),
    };
}

/// Returns the period of a task: 10 to 1000 ms, the same for all contenders.
pub fn period(task: usize) -> Duration {
    Duration::from_millis(10 + (task as u64).wrapping_mul(7_919) % 991)
}

/// Ten thousand.
pub(crate) const TEN_K: usize = 10_000;
/// The step in which all tasks of one period are due once.
pub(crate) const SECOND: Duration = Duration::from_secs(1);
