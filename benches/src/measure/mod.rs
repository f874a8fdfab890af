//! The measurements, each of which brings the findings of a goal.

pub mod awaited;
pub mod children;
pub mod due;
pub mod idle;
pub mod memory;
pub mod mixed;
pub mod real_time;

use std::time::Duration;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds of each contender.
    pub rounds: usize,
    /// How many tasks stand for a million.
    pub million: usize,
    /// How long a round in real time goes on.
    pub real_time: Duration,
}

impl Effort {
    /// What the table is made of.
    pub const FULL: Self = Self { rounds: 9, million: 1_000_000, real_time: Duration::from_secs(3) };
    /// To see whether it works.
    pub const QUICK: Self = Self { rounds: 7, million: 100_000, real_time: Duration::from_millis(1_200) };
}

/// The period of a task: 10 to 1000 ms, the same for all contenders.
pub fn period(task: usize) -> Duration {
    Duration::from_millis(10 + (task as u64).wrapping_mul(7_919) % 991)
}

/// Ten thousand.
pub(crate) const TEN_K: usize = 10_000;
/// The step in which all tasks of one period are due once.
pub(crate) const SECOND: Duration = Duration::from_secs(1);
