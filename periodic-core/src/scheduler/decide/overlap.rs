//! The rules for slots that are due while the task has as many active runs as its overlap rule allows.

use super::Due;
use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::run_state::RunState;
use crate::scheduler::visit::Visit;
use crate::spec::Overlap;
use crate::task::{Outcome, SkipReason};

impl Row {
    /// Decides slots that were due while the task had as many active runs as its overlap rule allows.
    pub(super) fn overlapped(&mut self, visit: &mut Visit<'_>, due: &Due, oldest: Slot, newest: Slot) {
        const OVERLAP: Outcome = Outcome::Skipped(SkipReason::Overlap);
        match self.overlap() {
            Overlap::Queue if self.held().is_none() => {
                self.cold().held = Some(oldest);
                self.record_after(visit, due, OVERLAP);
            }
            Overlap::Replace => {
                self.record_before(visit, due, OVERLAP);
                self.replace_with(visit, newest);
            }
            Overlap::Skip | Overlap::Queue | Overlap::Allow(_) => {
                self.record_skip(visit, oldest, newest, due.count(), OVERLAP);
            }
        }
    }

    /// Replaces the active runs with `slot`: at once if none has begun, otherwise when they have really ended.
    pub(crate) fn replace_with(&mut self, visit: &mut Visit<'_>, slot: Slot) {
        if self.ask_to_end(visit, true) {
            if let Some(before) = self.cold().held.replace(slot) {
                self.record_skip(visit, before, before, 1, Outcome::Skipped(SkipReason::Overlap));
            }
            return;
        }
        // It takes over the turn. Otherwise each slot would move further back in the queue, and none would reach the
        // front.
        let mut queued_at = None;
        for active in &self.going {
            if !matches!(active.state, RunState::BackingOff) {
                let own = active.retry_due().unwrap_or(active.queued_at);
                queued_at = Some(queued_at.map_or(own, |queued_at| own.min(queued_at)));
            }
        }
        let queued_at = queued_at.unwrap_or(slot.at);
        self.drop_waiting(visit, SkipReason::Overlap);
        self.make_ready_since(visit, queued_at, slot);
    }
}
