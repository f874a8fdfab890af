use core::time::Duration;

use crate::scheduler::Counters;
use crate::task::{Task, TaskName};
use crate::time::Timestamp;

/// The load of one task.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TaskLoad {
    /// The task in force.
    pub task: Task,
    /// The counts of its slots. Runs that are active when the horizon ends are counted in `runs` alone.
    pub counters: Counters,
    /// Its first start, if that lies inside the horizon.
    pub first: Option<Timestamp>,
    /// The total time of its runs, inside the horizon.
    pub busy: Duration,
}

impl TaskLoad {
    /// Returns the task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// Returns the number of its starts.
    pub fn starts(&self) -> u64 {
        self.counters.runs
    }

    /// Returns the number of its slots that are skipped or coalesced, because its runs take too long.
    pub fn lost(&self) -> u64 {
        self.counters.skipped_in_all() + self.counters.coalesced
    }
}

/// Returns the manager of all tasks, if they have only one.
pub(super) fn only_manager(tasks: &[TaskLoad]) -> Option<&str> {
    let first = tasks.first()?.name().manager();
    tasks.iter().all(|task| task.name().manager() == first).then_some(first)
}
