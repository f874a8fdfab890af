//! The records of outcomes.

use std::sync::Arc;

use super::Row;
use crate::schedule::Slot;
use crate::scheduler::active_run::Ran;
use crate::scheduler::ledger::{Attempts, LastRun, SlotRecord, WellRun};
use crate::scheduler::visit::Visit;
use crate::task::Outcome;
use crate::time::Instant;

impl Row {
    pub(crate) fn record_run(&mut self, visit: &mut Visit<'_>, ran: Ran, outcome: Outcome) {
        let Ran { number, slot, queued_at, started, attempts } = ran;
        // A slot that took over the turn of an older one was not due before its own time.
        let queued_at = queued_at.max(slot.at);
        if outcome == Outcome::Ok && self.is_newest_ok(number) {
            if attempts.is_empty() {
                self.keep_last_slot();
                if let Some(cold) = &mut self.cold {
                    cold.last_passed = None;
                }
                let run = WellRun { slot, started, decided: visit.now.boot };
                return self.record_well(visit, run, queued_at);
            }
            self.last_ok.note(slot);
        }
        self.totals.add_times(queued_at, started, visit.now.boot);
        let record = SlotRecord {
            task: Arc::clone(&self.task),
            first: slot,
            last: slot,
            count: 1,
            outcome,
            started: Some(started),
            attempts,
            decided: visit.now.boot,
        };
        self.record(visit, record);
    }

    /// Whether no newer run was successful.
    fn is_newest_ok(&mut self, number: u64) -> bool {
        if !self.may_end_out_of_order() {
            return true;
        }
        let newest = &mut self.cold().newest_ok;
        let is_newest = *newest < number;
        *newest = number.max(*newest);
        is_newest
    }

    pub(crate) fn record_skip(
        &mut self,
        visit: &mut Visit<'_>,
        first: Slot,
        last: Slot,
        count: u64,
        outcome: Outcome,
    ) {
        let (task, started, attempts) = (Arc::clone(&self.task), None, Attempts::default());
        let decided = visit.now.boot;
        self.record(visit, SlotRecord { task, first, last, count, outcome, started, attempts, decided });
    }

    fn record(&mut self, visit: &mut Visit<'_>, record: SlotRecord) {
        debug_assert!(record.count == 1 || (record.count > 1 && record.started.is_none()), "{record:?}");
        if record.outcome == Outcome::Ok {
            self.totals.ok += record.count;
        } else {
            self.cold().counters.count(&record.outcome, record.count);
        }
        self.keep_last_slot();
        if record.started.is_none() {
            self.cold().last_passed = Some(record.clone());
        } else {
            if matches!(record.outcome, Outcome::Failed(_) | Outcome::Panicked(_) | Outcome::TimedOut) {
                self.cold().last_failure = Some(record.clone());
            }
            self.last_run = LastRun::of(&record);
            if let Some(cold) = &mut self.cold {
                cold.last_passed = None;
            }
        }
        visit.effects.records.push(record);
    }

    /// Records the outcome of a run whose last attempt ends now.
    pub(crate) fn record_end(&mut self, visit: &mut Visit<'_>, run: u64, started: Instant, outcome: Outcome) {
        let Some(active) = self.going.iter().find(|active| active.serial == run) else { return };
        debug_assert!(started <= visit.now.boot, "{active:?} ends before it started");
        let ran = active.ends(started, &outcome, visit.now.boot);
        self.record_run(visit, ran, outcome);
    }

    /// Records a successful run, the newest so far, of a slot that was due at `queued_at`.
    #[expect(
        clippy::inline_always,
        reason = "part of the loop of a pass, where most of its arguments are in registers"
    )]
    #[inline(always)]
    pub(crate) fn record_well(&mut self, visit: &mut Visit<'_>, run: WellRun, queued_at: Instant) {
        self.last_ok.note(run.slot);
        self.totals.add_times(queued_at, run.started, run.decided);
        self.totals.ok += 1;
        self.last_run = LastRun::Well(run);
        visit.effects.records.push_well(self.id.place, run);
    }
}
