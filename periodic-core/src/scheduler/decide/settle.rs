//! Takes the due slots, and applies the rule for them.

use super::Taken;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::visit::{Upto, Visit};

impl Row {
    /// Decides every undecided slot that is due, under the current state: quietly, or by the rules.
    pub(crate) fn settle(&mut self, visit: &mut Visit<'_>, upto: Upto) {
        match self.take_one(visit.now, upto) {
            Taken::None => return,
            Taken::One(quiet) => return self.make_quietly_ready(visit, quiet),
            Taken::Unclear => {}
        }
        if !self.going.is_empty() {
            self.settle_retries(visit);
        }
        if self.phase != Phase::Active || !self.is_due(visit.now, upto) {
            return;
        }
        let due = self.take_due(visit.now, upto);
        let (Some(oldest), Some(newest)) = (due.oldest(), due.newest()) else { return };
        self.note_decided(newest);
        let latest = due.extra.map_or(newest.at, |extra| newest.at.max(extra.at));
        for active in &mut self.going {
            let began = active.began();
            if let Some(retries) = &mut active.retries {
                // Slots that passed while it waited for its permit are not its next slot.
                retries.outlived |= began.is_some_and(|began| began <= latest);
            }
        }
        if self.paused {
            self.slots_passed_paused(visit, &due, oldest, newest);
        } else if self.is_saturated() {
            self.overlapped(visit, &due, oldest, newest);
        } else {
            self.late(visit, &due, oldest, newest);
        }
        self.rearm(visit.now);
    }
}
