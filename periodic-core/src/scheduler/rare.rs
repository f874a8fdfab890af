use super::{Counters, SlotRecord};
use crate::schedule::Slot;

/// What most tasks never have, apart from their rows so that those are small: a million of them may be looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Rare {
    /// The slot that `queue` or `replace` holds until the run has ended.
    pub(super) held: Option<Slot>,
    /// What `missed = all` has yet to run, the next at the end.
    pub(super) backlog: Vec<Slot>,
    /// The last slot that ended without a run, if that was after the last run.
    pub(super) last_passed: Option<SlotRecord>,
    pub(super) last_failure: Option<SlotRecord>,
    /// The number of the newest run that ended well, where runs may end out of order.
    pub(super) newest_ok: u64,
    /// How often the task was triggered.
    pub(super) manual: u32,
    /// All that is counted but what the row's tally has.
    pub(super) counters: Counters,
}

impl Rare {
    /// Whether a slot waits for a run's end.
    pub(super) fn waits(&self) -> bool {
        self.held.is_some() || !self.backlog.is_empty()
    }

    pub(super) fn pop_waiting(&mut self) -> Option<Slot> {
        self.backlog.pop().or_else(|| self.held.take())
    }
}
