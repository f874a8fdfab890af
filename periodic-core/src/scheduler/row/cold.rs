use crate::schedule::Slot;
use crate::scheduler::ledger::{Counters, SlotRecord};

/// The state that most tasks never have, apart from their rows to keep those small: a visit may read a million of
/// them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cold {
    /// The slot that `queue` or `replace` holds until the run has ended.
    pub(crate) held: Option<Slot>,
    /// The slots that `missed = all` has yet to run, the next at the end.
    pub(crate) backlog: Vec<Slot>,
    /// The last slot that ended without a run, if it was after the last run.
    pub(crate) last_passed: Option<SlotRecord>,
    pub(crate) last_failure: Option<SlotRecord>,
    /// The number of the newest successful run, if runs may end out of order.
    pub(crate) newest_ok: u64,
    /// The number of triggers.
    pub(crate) manual: u32,
    /// All counters except those in the row's totals.
    pub(crate) counters: Counters,
}

impl Cold {
    /// Whether a slot waits for a run's end.
    pub(crate) fn waits(&self) -> bool {
        self.held.is_some() || !self.backlog.is_empty()
    }

    pub(crate) fn pop_waiting(&mut self) -> Option<Slot> {
        self.backlog.pop().or_else(|| self.held.take())
    }
}
