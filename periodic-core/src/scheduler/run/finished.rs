use core::time::Duration;
use std::sync::Arc;

use crate::schedule::Slot;
use crate::scheduler::ids::RunId;
use crate::scheduler::ledger::Attempt;
use crate::task::Task;
use crate::time::Instant;

/// What the end that a driver reported brought about.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    /// Nothing: the run is not known, because its end was reported before.
    Unknown,
    /// The slot has its outcome, and its record can be taken.
    Decided,
    /// The attempt failed, and the slot is tried again.
    Retries(Box<Retrying>),
}

impl Finished {
    /// Whether the run was known.
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }
}

/// An attempt that failed, and when the next one is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrying {
    /// The run whose attempt failed.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// The number of the attempt that failed, from 1.
    pub attempt: u32,
    /// How it failed.
    pub failed: Attempt,
    /// When the next attempt is due.
    pub due: Instant,
}

impl Retrying {
    /// How long the task backs off.
    pub fn back_off(&self) -> Duration {
        self.due - self.failed.ended
    }
}
