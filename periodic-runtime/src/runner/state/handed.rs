use std::sync::Arc;

use periodic_core::scheduler::Start;
use periodic_core::task::Execution;
use tokio::sync::Notify;

use super::added::AddedTask;

/// A run that was handed out, with its code if its task was added at run time: once the lock is free, the task may be
/// removed.
pub(in crate::runner) struct Handed {
    pub(in crate::runner) start: Start,
    pub(in crate::runner) added: Option<Arc<AddedTask>>,
}

impl Handed {
    /// Returns the index of its manager: a table's tasks belong to one of the managers from which it was built.
    pub(in crate::runner) fn manager(&self) -> usize {
        self.start.task.part()
    }

    pub(in crate::runner) fn is_inline(&self) -> bool {
        self.start.task.spec().execution == Execution::Inline
    }
}

/// A run that a worker has taken, and that has begun.
pub(in crate::runner) struct TakenRun {
    pub(in crate::runner) handed: Handed,
    /// Notified when a newer slot replaces the run, if one may.
    pub(in crate::runner) replaced: Option<Arc<Notify>>,
}

impl TakenRun {
    pub(in crate::runner) fn manager(&self) -> usize {
        self.handed.manager()
    }
}
