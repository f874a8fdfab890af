//! The active runs of one task, from the decision that a slot runs to its end.
//!
//! *Waiting* in the queue → *handed out* to the driver → *running* → gone, or back for another
//! [attempt](crate::scheduler::run). A run that has not begun is only a slot that was decided to run: a pause or a
//! stop still takes it back.

use core::time::Duration;

use super::Row;
use crate::schedule::{Slot, SlotKind};
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::ids::RunId;
use crate::scheduler::run_state::RunState;
use crate::scheduler::visit::Visit;
use crate::task::{Outcome, SkipReason};
use crate::time::Instant;

impl Row {
    /// Decides that a slot runs: it joins the queue of runs that wait for their start.
    pub(crate) fn make_ready(&mut self, visit: &mut Visit<'_>, slot: Slot) {
        let delay = self.grid.as_ref().map_or(Duration::ZERO, |grid| grid.delay_of(slot));
        self.make_ready_since(visit, slot.at + delay, slot);
    }

    pub(crate) fn make_ready_since(&mut self, visit: &mut Visit<'_>, queued_at: Instant, slot: Slot) {
        debug_assert!(!self.is_saturated(), "{self:?}: as many runs are going as may");
        let serial = visit.next_serial();
        visit.effects.spare.add_run(&mut self.going, ActiveRun::new(serial, slot, queued_at));
        visit.effects.ready.push(self.starter, queued_at, self.order, serial, self.id.place);
        if self.follows_its_end() {
            self.extra = None;
            if let Some(grid) = &mut self.grid {
                grid.suspend();
            }
        }
    }

    pub(crate) fn place_of(&self, run: u64) -> Option<usize> {
        self.going.iter().position(|active| active.serial == run)
    }

    /// Removes a run, from the queue too if it waits there, and gives its permit back. No run leaves its row otherwise.
    pub(crate) fn remove(&mut self, visit: &mut Visit<'_>, place: usize) {
        let active = &self.going[place];
        if let RunState::Waiting = active.state {
            visit.effects.ready.drop_entry(active.serial);
        }
        if let Some(permit) = visit.effects.spare.remove_run(&mut self.going, place) {
            visit.limits.give_back(permit);
        }
    }

    /// Makes the slot ready that waited for the end of a run.
    pub(crate) fn go_on(&mut self, visit: &mut Visit<'_>) {
        if !self.is_saturated()
            && let Some(slot) = self.cold.as_mut().and_then(|cold| cold.pop_waiting())
        {
            self.make_ready(visit, slot);
        }
    }

    /// Asks each run that has begun to end, once; returns whether there is one.
    pub(crate) fn ask_to_end(&mut self, visit: &mut Visit<'_>, replaced: bool) -> bool {
        for active in &mut self.going {
            let RunState::Running { signals, asked_to_end, .. } = &mut active.state else { continue };
            if !core::mem::replace(asked_to_end, true) {
                // The driver cancels it, because waking the waiters of the token runs their code.
                visit.effects.to_cancel.extend(signals.clone());
                if replaced {
                    visit.effects.replaced.push_back(RunId { task: self.id, serial: active.serial });
                }
            }
        }
        self.going.iter().any(ActiveRun::has_begun)
    }

    /// Skips every slot that was decided to run but has not begun, and ends the waits for a retry. When the schedule
    /// is done, runs that have begun keep their retries, and triggers stay.
    pub(crate) fn drop_waiting(&mut self, visit: &mut Visit<'_>, reason: SkipReason) {
        let stays = |slot: &Slot| reason == SkipReason::Done && matches!(slot.kind, SlotKind::Manual(_));
        if reason != SkipReason::Done {
            self.end_retries(visit);
        }
        let mut dropped: Vec<Slot> = Vec::new();
        let mut place = 0;
        while let Some(active) = self.going.get(place) {
            if active.has_begun() || active.awaits_retry() || stays(&active.slot) {
                place += 1;
                continue;
            }
            dropped.push(active.slot);
            self.remove(visit, place);
        }
        if let Some(cold) = &mut self.cold {
            dropped.extend(cold.backlog.drain(..).rev());
            dropped.extend(cold.held.take_if(|slot| !stays(slot)));
        }
        for slot in dropped {
            self.record_skip(visit, slot, slot, 1, Outcome::Skipped(reason));
        }
        self.rearm(visit.now);
    }

    /// Whether a run waits for its retry.
    pub(crate) fn awaits_retry(&self) -> bool {
        self.going.iter().any(ActiveRun::awaits_retry)
    }

    /// Returns when the first retry that is not queued yet is due.
    pub(crate) fn next_retry(&self) -> Option<Instant> {
        let mut first: Option<Instant> = None;
        for active in &self.going {
            if matches!(active.state, RunState::BackingOff)
                && let Some(due) = active.retry_due()
            {
                first = Some(first.map_or(due, |first| first.min(due)));
            }
        }
        first
    }

    /// Ends each wait for a retry with the outcome of the last attempt.
    pub(crate) fn end_retries(&mut self, visit: &mut Visit<'_>) {
        while let Some(place) = self.going.iter().position(ActiveRun::awaits_retry) {
            let ended = self.going[place].ends_as_before();
            self.remove(visit, place);
            if let Some((ran, outcome)) = ended {
                self.record_run(visit, ran, outcome);
            }
        }
    }
}
