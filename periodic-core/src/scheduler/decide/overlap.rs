//! The rules for slots that are due while as many runs are going as may.

use super::Due;
use crate::schedule::Slot;
use crate::scheduler::active_run::ActiveState;
use crate::scheduler::effects::Output;
use crate::scheduler::row::Row;
use crate::spec::Overlap;
use crate::task::{Outcome, SkipReason};
use crate::time::Now;

impl Row {
    /// Slots that were due while as many runs were going as may.
    pub(super) fn overlapped(
        &mut self,
        due: &Due,
        oldest: Slot,
        newest: Slot,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) {
        const OVERLAP: Outcome = Outcome::Skipped(SkipReason::Overlap);
        match self.overlap() {
            Overlap::Queue if self.held().is_none() => {
                self.rare().held = Some(oldest);
                self.record_after(due, now, output, OVERLAP);
            }
            Overlap::Replace => {
                self.record_before(due, now, output, OVERLAP);
                self.replace_with(newest, now, serial, output);
            }
            Overlap::Skip | Overlap::Queue | Overlap::Allow(_) => {
                self.record_skip(oldest, newest, due.count(), OVERLAP, now, output);
            }
        }
    }

    /// Puts `slot` in the place of what is going: at once if that has not begun, else when it has really ended.
    pub(crate) fn replace_with(&mut self, slot: Slot, now: Now, serial: &mut u64, output: &mut Output) {
        if self.ask_to_end(true, output) {
            if let Some(before) = self.rare().held.replace(slot) {
                self.record_skip(before, before, 1, Outcome::Skipped(SkipReason::Overlap), now, output);
            }
            return;
        }
        // It takes over the turn; with each slot further back in the queue, it would never come to the front.
        let mut turn = None;
        for active in &self.going {
            if !matches!(active.state, ActiveState::BackingOff) {
                let own = active.retry_due().unwrap_or(active.turn);
                turn = Some(turn.map_or(own, |turn| own.min(turn)));
            }
        }
        let turn = turn.unwrap_or(slot.at);
        self.drop_waiting(SkipReason::Overlap, now, output);
        self.make_ready_in_turn(turn, slot, serial, output);
    }
}
