/// A task of one scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub(crate) u32);

/// A run of one scheduler: one attempt at a slot. No two attempts have the same.
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
