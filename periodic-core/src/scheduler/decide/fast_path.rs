//! The common case: one slot of a task without rare rules is due, and runs.
//!
//! Its results equal those of the general rules, without the checks whose result is known. The model in the tests does
//! not have this case, and so compares both. The end of such a run is in `run/quiet_end.rs`.

use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::visit::{Upto, Visit};
use crate::time::{Instant, Now};

/// The only due slot of a task that waits for it, and that no rule keeps from running. [`Row::take_one`] alone makes one.
#[must_use]
pub(crate) struct QuietSlot {
    slot: Slot,
    /// When its run is due.
    queued_at: Instant,
}

/// The due slot that was taken, if any.
pub(crate) enum Taken {
    /// No slot is due.
    None,
    One(QuietSlot),
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
        let queued_at = Instant::from_nanos(slot.at.as_nanos().saturating_add(due - at));
        Taken::One(QuietSlot { slot, queued_at })
    }

    /// Makes the run of a quiet slot ready.
    pub(super) fn make_quietly_ready(
        &mut self,
        visit: &mut Visit<'_>,
        QuietSlot { slot, queued_at }: QuietSlot,
    ) {
        self.make_ready_since(visit, queued_at, slot);
    }

    /// Takes the only due slot of a row at an [even pace](Self::is_even); returns its instant.
    #[inline]
    pub(crate) fn take_even(&mut self, now: Now) -> Option<Instant> {
        let is_even = self.is_even();
        let grid = self.grid.as_mut().filter(|_| is_even)?;
        grid.take_even(now.boot.as_nanos()).map(Instant::from_nanos)
    }
}
