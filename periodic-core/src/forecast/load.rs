use core::time::Duration;

use crate::scheduler::Counters;
use crate::task::{Task, TaskName};
use crate::time::Timestamp;

/// The load of one task.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TaskLoad {
    /// The task as it is in force.
    pub task: Task,
    /// What becomes of its slots. Runs that go on when the horizon ends are counted in `runs` alone.
    pub counters: Counters,
    /// When it first starts, if it does inside the horizon.
    pub first: Option<Timestamp>,
    /// How long all its runs take together, inside the horizon.
    pub busy: Duration,
}

impl TaskLoad {
    /// The task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// How often it starts.
    pub fn starts(&self) -> u64 {
        self.counters.runs
    }

    /// How many of its slots are skipped or coalesced, because its runs take too long.
    pub fn lost(&self) -> u64 {
        self.counters.skipped_in_all() + self.counters.coalesced
    }
}

/// The manager of all tasks, if they have one.
pub(super) fn only_manager(tasks: &[TaskLoad]) -> Option<&str> {
    let first = tasks.first()?.name().manager();
    tasks.iter().all(|task| task.name().manager() == first).then_some(first)
}
