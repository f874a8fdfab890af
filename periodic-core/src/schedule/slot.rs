use crate::time::{Instant, Timestamp};

/// One time at which a task should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
// Exhaustive, because tests make it.
pub struct Slot {
    /// The origin of the slot.
    pub kind: SlotKind,
    /// Its time on the boot-time clock.
    pub at: Instant,
    /// Its time on the wall clock.
    pub scheduled: Timestamp,
}

/// The origin of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SlotKind {
    /// The task's schedule.
    Scheduled,
    /// A slot beside the grid: the first run of an aligned task, or a [`Next::After`](crate::task::Next::After).
    Extra,
    /// A trigger; the number counts the task's triggers from 1.
    Manual(u32),
}
