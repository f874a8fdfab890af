//! The common case: one slot of a task without rare rules is due, and runs.
//!
//! Its results equal those of the general rules, without the checks whose result is known. The model in the tests does
//! not have this case, and so compares both. The end of such a run is in `run/end.rs`.

use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::visit::Upto;
use crate::time::{Instant, Now};

/// The due slot that was taken, if any.
pub(crate) enum Taken {
    /// No slot is due.
    None,
    /// The slot, and the instant at which its run is due.
    One(Slot, Instant),
    /// No slot was taken: several are due, or a rule must decide.
    Unclear,
}

impl Row {
    /// Takes the only due slot of a task that waits for it, if no rule prevents its run.
    #[inline]
    pub(crate) fn take_one(&mut self, now: Now, upto: Upto) -> Taken {
        let only_waits = self.only_waits();
        let Some(grid) = self.grid.as_mut().filter(|_| only_waits) else { return Taken::Unclear };
        let (timeline, due) = (grid.timeline(), grid.due());
        // The last included instant.
        let last = timeline.read(now).saturating_sub(i64::from(upto == Upto::Before));
        if due > last {
            return Taken::None;
        }
        let Some(at) = grid.take_only(last) else { return Taken::Unclear };
        let slot = timeline.slot(at, now);
        self.note_decided(slot);
        Taken::One(slot, Instant::from_nanos(slot.at.as_nanos().saturating_add(due - at)))
    }

    /// Takes the only due slot of a [simple](Self::is_simple) task; returns its instant.
    #[inline]
    pub(crate) fn take_simple(&mut self, now: Now) -> Option<Instant> {
        debug_assert!(!self.is_simple || self.is_simple_anew(), "{self:?}: no longer simple");
        let grid = self.grid.as_mut().filter(|_| self.is_simple)?;
        grid.take_even(now.boot.as_nanos()).map(Instant::from_nanos)
    }
}
