use core::time::Duration;
use std::sync::Arc;

use super::ids::RunId;
use crate::schedule::Slot;
use crate::task::{Cancellation, Run, Task, Window};

/// A run to start now.
#[derive(Clone, Debug)]
#[must_use = "the scheduler counts this run as going until its end is reported"]
#[non_exhaustive]
pub struct Start {
    /// Identifies the run when its end is reported.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// The number of the attempt at the slot, from 1.
    pub attempt: u32,
    /// The time since the slot.
    pub lateness: Duration,
    /// The time that the run must cover.
    pub window: Window,
    /// Asks the run to end.
    pub cancellation: Cancellation,
}

impl Start {
    /// Returns the run as the task's code receives it.
    pub fn run(&self) -> Run {
        let Self { slot, attempt, window, .. } = *self;
        let lateness = whole_nanos(self.lateness);
        let (task, cancellation) = (Arc::clone(&self.task), self.cancellation.clone());
        Run { task, slot, lateness, attempt, window, cancellation }
    }

    /// Returns the same and consumes the start, for a driver that has noted the run's id.
    pub fn into_run(self) -> Run {
        let Self { id: _, task, slot, attempt, lateness, window, cancellation } = self;
        let lateness = whole_nanos(lateness);
        Run { task, slot, lateness, attempt, window, cancellation }
    }
}

/// Returns a distance of two instants in nanoseconds, which always fits.
fn whole_nanos(distance: Duration) -> u64 {
    u64::try_from(distance.as_nanos()).unwrap_or(u64::MAX)
}
