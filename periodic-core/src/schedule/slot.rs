use crate::time::{Instant, Timestamp};

/// One time at which a task should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Where the slot comes from.
    pub kind: SlotKind,
    /// When it lies, on the boot-time clock.
    pub at: Instant,
    /// When it lies, on the wall clock.
    pub scheduled: Timestamp,
}

/// Where a slot comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SlotKind {
    /// The task's schedule.
    Scheduled,
    /// One slot beside the grid: the first run of an aligned task, or a [`Next::After`](crate::task::Next::After).
    Extra,
    /// A trigger; the number counts the task's triggers from 1.
    Manual(u32),
}
