use core::time::Duration;
use std::sync::Arc;

use crate::schedule::SlotKind;
use crate::scheduler::active_run::{ActiveRun, Retries};
use crate::scheduler::ids::RunId;
use crate::scheduler::limit::Permit;
use crate::scheduler::row::{Phase, Row, Shape};
use crate::scheduler::start::Start;
use crate::scheduler::visit::{Upto, Visit};
use crate::task::{Cancellation, SkipReason, Window};

impl Row {
    /// Hands a waiting run out to the driver.
    pub(crate) fn hand_out(&mut self, visit: &mut Visit<'_>, place: usize, permit: Permit) -> Start {
        let cancellation = visit.effects.spare.signals();
        let (last_ok, set_back_at) = (self.last_ok, visit.effects.set_back_at);
        let active = self.hand_out_with(visit, place, permit, Some(cancellation.clone()));
        let (serial, slot, attempt) = (active.serial, active.slot, active.attempt());
        let window_start = match &active.retries {
            Some(retries) => retries.window_start,
            None => last_ok.window_start(slot, set_back_at),
        };
        Start {
            id: RunId { task: self.id, serial },
            task: Arc::clone(&self.task),
            slot,
            attempt,
            lateness: visit.now.boot - slot.at,
            window: Window { start: window_start, end: slot.scheduled },
            cancellation,
        }
    }

    /// Hands a waiting run out to the driver, with signals if the driver uses them.
    pub(crate) fn hand_out_with(
        &mut self,
        visit: &mut Visit<'_>,
        place: usize,
        permit: Permit,
        signals: Option<Cancellation>,
    ) -> &ActiveRun {
        let active = &mut self.going[place];
        if self.shape == Shape::Ruled
            && let (Some(spec), None) = (self.task.spec().retry, &active.retries)
        {
            let (failed, due, outlived) = (Vec::new(), active.queued_at, false);
            let window_start = self.last_ok.window_start(active.slot, visit.effects.set_back_at);
            let retries = Retries { number: active.serial, spec, failed, due, window_start, outlived };
            active.retries = Some(Box::new(retries));
        }
        active.hand_out(permit, signals);
        active
    }

    /// Begins a run that was handed out, unless it was taken back since; returns how late it is.
    pub(crate) fn begin_run(&mut self, visit: &mut Visit<'_>, run: u64) -> Option<Duration> {
        let place = self.place_of(run)?;
        let is_retry = self.going[place].awaits_retry();
        if is_retry && self.is_next_slot_due(visit.now) {
            // It waited too long for its permit.
            self.settle_retries(visit);
            return None;
        }
        let active = &mut self.going[place];
        if !active.begin(visit.now.boot) {
            return None;
        }
        let slot = active.slot;
        debug_assert!(slot.at <= visit.now.boot, "{slot:?} begins before its time");
        if is_retry {
            self.cold().counters.retries += 1;
            return Some(visit.now.boot - slot.at);
        }
        self.totals.runs += 1;
        if !matches!(slot.kind, SlotKind::Manual(_)) {
            self.starts += 1;
            if !self.is_plain() && self.has_started_enough() {
                // Slots that passed while this run waited for its permit still existed.
                self.settle(visit, Upto::Before);
                self.end(visit, Phase::Done, SkipReason::Done);
            }
        }
        Some(visit.now.boot - slot.at)
    }
}
