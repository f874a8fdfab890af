use core::time::Duration;
use std::sync::Arc;

use crate::table::Task;
use crate::task::{Cancellation, Progress, Run, Slot, Window};

/// A task of one scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub(crate) u32);

/// A run of one scheduler. No two runs of it have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId {
    pub(super) row: u32,
    pub(super) serial: u64,
}

impl RunId {
    /// The task.
    pub fn task(self) -> TaskId {
        TaskId(self.row)
    }
}

/// A run that is to be started now.
#[derive(Clone, Debug)]
#[must_use = "the scheduler counts this run as going until its end is reported"]
pub struct Start {
    /// By this its end is reported.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// How long ago the slot was.
    pub lateness: Duration,
    /// The time that the run must cover.
    pub window: Window,
    /// Asks the run to end.
    pub cancellation: Cancellation,
    /// Where the run says how far it is.
    pub progress: Progress,
}

impl Start {
    /// What the task's code is told of its run.
    pub fn run(&self, attempt: u32) -> Run {
        Run {
            name: self.task.name().clone(),
            slot: self.slot,
            lateness: self.lateness,
            attempt,
            window: self.window,
            cancellation: self.cancellation.clone(),
            progress: self.progress.clone(),
        }
    }
}
