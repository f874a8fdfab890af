use core::time::Duration;
use std::sync::Arc;

use super::Attempts;
use crate::schedule::Slot;
use crate::task::{Outcome, Task, TaskName};
use crate::time::Instant;

/// What became of a slot, or of several in a row that all ended the same way without running.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotRecord {
    /// The task, as it was when the slot was decided.
    pub task: Arc<Task>,
    /// The slot; of several, the oldest.
    pub first: Slot,
    /// The slot; of several, the newest.
    pub last: Slot,
    /// How many slots, at least one.
    pub count: u64,
    /// How they ended; where there were several attempts, that of the last.
    pub outcome: Outcome,
    /// When the run started, if there was one: its first attempt.
    pub started: Option<Instant>,
    /// Each attempt in turn where the slot was to be retried; else empty, since all else here tells of the only one.
    pub attempts: Attempts,
    /// When the outcome was decided.
    pub decided: Instant,
}

impl SlotRecord {
    /// The task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// How long the run took, if there was one: from its first attempt to its outcome, back-offs included.
    pub fn elapsed(&self) -> Option<Duration> {
        self.started.map(|started| self.decided - started)
    }

    /// How long after its slot the run started, jitter included, if there was one.
    pub fn lateness(&self) -> Option<Duration> {
        self.started.map(|started| started - self.first.at)
    }

    /// How many attempts were started, none where the slot did not run.
    pub fn attempted(&self) -> usize {
        self.attempts.len().max(usize::from(self.started.is_some()))
    }
}
