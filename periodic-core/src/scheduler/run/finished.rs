use core::time::Duration;
use std::sync::Arc;

use crate::schedule::Slot;
use crate::scheduler::ids::RunId;
use crate::scheduler::ledger::Attempt;
use crate::task::Task;
use crate::time::Instant;

/// The effect of a reported end.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    /// No effect: the run is unknown, because its end was reported before.
    Unknown,
    /// The slot has its outcome, and its record can be taken.
    Decided,
    /// The attempt failed, and the slot will be retried.
    Retries(Box<RetryScheduled>),
}

impl Finished {
    /// Whether the run was known.
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }
}

/// A failed attempt whose slot will be retried.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryScheduled {
    /// The run whose attempt failed.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// The number of the failed attempt, from 1.
    pub attempt: u32,
    /// The failed attempt.
    pub failed: Attempt,
    /// When the next attempt is due.
    pub due: Instant,
}

impl RetryScheduled {
    /// Returns the time from the failed attempt to the next one.
    pub fn back_off(&self) -> Duration {
        self.due - self.failed.ended
    }
}
