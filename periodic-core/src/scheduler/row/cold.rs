use crate::schedule::Slot;
use crate::scheduler::ledger::{Counters, SlotRecord};

/// What most tasks never have, apart from their rows so that those are small: a million of them may be looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rare {
    /// The slot that `queue` or `replace` holds until the run has ended.
    pub(crate) held: Option<Slot>,
    /// What `missed = all` has yet to run, the next at the end.
    pub(crate) backlog: Vec<Slot>,
    /// The last slot that ended without a run, if that was after the last run.
    pub(crate) last_passed: Option<SlotRecord>,
    pub(crate) last_failure: Option<SlotRecord>,
    /// The number of the newest run that ended well, where runs may end out of order.
    pub(crate) newest_ok: u64,
    /// How often the task was triggered.
    pub(crate) manual: u32,
    /// All that is counted but what the row's tally has.
    pub(crate) counters: Counters,
}

impl Rare {
    /// Whether a slot waits for a run's end.
    pub(crate) fn waits(&self) -> bool {
        self.held.is_some() || !self.backlog.is_empty()
    }

    pub(crate) fn pop_waiting(&mut self) -> Option<Slot> {
        self.backlog.pop().or_else(|| self.held.take())
    }
}
