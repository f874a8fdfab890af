//! The common case: of a task that asks for nothing rare, one slot is due, and runs.
//!
//! It gives the same as the rules in general, with all questions left out whose answer is known. The model in the tests
//! does not know this case, and so compares both. The end of such a run is in `run/end.rs`.

use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::visit::Upto;
use crate::time::{Instant, Now};

/// A slot that is due and was taken.
pub(crate) enum Taken {
    /// None is due.
    None,
    /// This one, whose run is due then.
    One(Slot, Instant),
    /// Nothing was taken: there are more, or a rule has to say what becomes of it.
    Unclear,
}

impl Row {
    /// Takes the one slot that is due of a task that waits for it, and whose run no rule forbids.
    #[inline]
    pub(crate) fn take_one(&mut self, now: Now, upto: Upto) -> Taken {
        let only_waits = self.only_waits();
        let Some(grid) = self.grid.as_mut().filter(|_| only_waits) else { return Taken::Unclear };
        let (timeline, due) = (grid.timeline(), grid.due());
        // The last moment that is meant.
        let last = timeline.read(now).saturating_sub(i64::from(upto == Upto::Before));
        if due > last {
            return Taken::None;
        }
        let Some(at) = grid.take_only(last) else { return Taken::Unclear };
        let slot = timeline.slot(at, now);
        self.note_decided(slot);
        Taken::One(slot, Instant::from_nanos(slot.at.as_nanos().saturating_add(due - at)))
    }

    /// Takes the one slot that is due of a [simple](Self::is_simple) task; answers when it lies.
    #[inline]
    pub(crate) fn take_simple(&mut self, now: Now) -> Option<Instant> {
        debug_assert!(!self.is_simple || self.is_simple_anew(), "{self:?}: no longer simple");
        let grid = self.grid.as_mut().filter(|_| self.is_simple)?;
        grid.take_even(now.boot.as_nanos()).map(Instant::from_nanos)
    }
}
