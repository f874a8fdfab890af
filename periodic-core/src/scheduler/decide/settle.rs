//! What becomes of slots that are due.

use super::Taken;
use crate::scheduler::effects::Output;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::visit::Upto;
use crate::task::{Outcome, SkipReason};
use crate::time::Now;

impl Row {
    /// Decides every undecided slot that is due, under the state that holds now.
    pub(crate) fn settle(&mut self, now: Now, upto: Upto, serial: &mut u64, output: &mut Output) {
        match self.take_one(now, upto) {
            Taken::None => return,
            Taken::One(slot, turn) => return self.make_ready_in_turn(turn, slot, serial, output),
            Taken::Unclear => {}
        }
        if !self.going.is_empty() {
            self.settle_retries(now, serial, output);
        }
        if self.phase != Phase::Active || !self.is_due(now, upto) {
            return;
        }
        let due = self.take_due(now, upto);
        let (Some(oldest), Some(newest)) = (due.oldest(), due.newest()) else { return };
        self.note_decided(newest);
        let latest = due.extra.map_or(newest.at, |extra| newest.at.max(extra.at));
        for active in &mut self.going {
            let began = active.began();
            if let Some(retries) = &mut active.retries {
                // What passed while it waited for its place is not its next slot.
                retries.outlived |= began.is_some_and(|began| began <= latest);
            }
        }
        if self.paused {
            self.record_skip(oldest, newest, due.count(), Outcome::Skipped(SkipReason::Paused), now, output);
        } else if self.is_saturated() {
            self.overlapped(&due, oldest, newest, now, serial, output);
        } else {
            self.late(&due, oldest, newest, now, serial, output);
        }
        self.rearm(now);
    }
}
