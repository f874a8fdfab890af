/// The id of a task within one scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub(crate) u32);

/// The id of a run within one scheduler: one attempt at a slot. No two attempts have the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId {
    pub(super) row: u32,
    pub(super) serial: u64,
}

impl RunId {
    /// Returns the task of the run.
    pub fn task(self) -> TaskId {
        TaskId(self.row)
    }
}
