/// The id of a task within one scheduler.
///
/// A task that is added after another was removed has another id, even under the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId {
    /// The position of its row.
    pub(crate) place: u32,
    /// The number of tasks whose row was there before.
    pub(super) generation: u32,
}

impl TaskId {
    /// Returns the id of the next task whose row is at the same place.
    pub(super) fn next(self) -> Self {
        Self { generation: self.generation.wrapping_add(1), ..self }
    }
}

/// The id of a run within one scheduler: one attempt at a slot. No two attempts have the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId {
    pub(super) task: TaskId,
    pub(super) serial: u64,
}

impl RunId {
    /// Returns the task of the run.
    pub fn task(self) -> TaskId {
        self.task
    }
}
