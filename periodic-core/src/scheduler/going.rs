//! The runs of one task that are going, from the decision that a slot runs to its end.
//!
//! *Waiting* in the queue → *handed out* to the driver → *running* → gone, or back for another
//! [attempt](super::retry). Until a run has begun it is no more than a slot that was decided to run: a pause or a stop
//! still takes it back.

use core::time::Duration;
use std::sync::Arc;

use super::active_run::{Active, ActiveState, Retries};
use super::effects::Output;
use super::row::{Phase, Row};
use super::{Finished, RunId, Start, Upto};
use crate::schedule::{Slot, SlotKind};
use crate::task::{Cancellation, Ended, Next, Outcome, SkipReason, Window};
use crate::time::{Instant, Now};

/// How soon after a run's start the next may be that it asks for. A run that does nothing and always asks for another
/// would else keep a processor busy.
const FASTEST: Duration = Duration::from_millis(1);

impl Row {
    /// Decides that a slot runs: it goes to the queue of those that wait for their start.
    pub(super) fn make_ready(&mut self, slot: Slot, serial: &mut u64, output: &mut Output) {
        let delay = self.grid.as_ref().map_or(Duration::ZERO, |grid| grid.delay_of(slot));
        self.make_ready_in_turn(slot.at + delay, slot, serial, output);
    }

    pub(super) fn make_ready_in_turn(
        &mut self,
        turn: Instant,
        slot: Slot,
        serial: &mut u64,
        output: &mut Output,
    ) {
        *serial += 1;
        output.spare.add_run(&mut self.going, Active::new(*serial, slot, turn));
        output.ready.push(turn, self.order, *serial, self.id);
        if self.follows_its_end() {
            self.extra = None;
            if let Some(grid) = &mut self.grid {
                grid.suspend();
            }
        }
    }

    /// Gives a waiting run to the driver.
    pub(super) fn hand_out(&mut self, run: u64, now: Now, output: &mut Output) -> Option<Start> {
        let cancellation = output.spare.signals();
        let (last_ok, set_back_at) = (self.last_ok, output.set_back_at);
        let active = self.hand_out_with(run, Some(cancellation.clone()), output)?;
        let (slot, attempt) = (active.slot, active.attempt());
        let window_start = match &active.retries {
            Some(retries) => retries.window_start,
            None => last_ok.window_start(slot, set_back_at),
        };
        Some(Start {
            id: RunId { row: self.id, serial: run },
            task: Arc::clone(&self.task),
            slot,
            attempt,
            lateness: now.boot - slot.at,
            window: Window { start: window_start, end: slot.scheduled },
            cancellation,
        })
    }

    /// Gives a waiting run to the driver, which may have no use for its signals.
    pub(super) fn hand_out_with(
        &mut self,
        run: u64,
        signals: Option<Cancellation>,
        output: &mut Output,
    ) -> Option<&Active> {
        let active = self.going.iter_mut().find(|active| active.serial == run)?;
        if !self.is_plain
            && let (Some(spec), None) = (self.task.spec().retry, &active.retries)
        {
            let (failed, due, outlived) = (Vec::new(), active.turn, false);
            let window_start = self.last_ok.window_start(active.slot, output.set_back_at);
            let retries = Retries { number: run, spec, failed, due, window_start, outlived };
            active.retries = Some(Box::new(retries));
        }
        active.state = ActiveState::HandedOut { signals };
        output.limit.take();
        Some(active)
    }

    /// Begins a run that was handed out, unless it was taken back since; answers how late it is.
    pub(super) fn begin_run(
        &mut self,
        run: u64,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) -> Option<Duration> {
        let place = self.place_of(run)?;
        let is_retry = self.going[place].awaits_retry();
        if is_retry && self.is_next_slot_due(now) {
            // It waited too long for its place.
            self.settle_retries(now, serial, output);
            return None;
        }
        let active = &mut self.going[place];
        let ActiveState::HandedOut { signals } = &mut active.state else { return None };
        let signals = signals.take();
        let slot = active.slot;
        let (started, asked_to_end) = (now.boot, false);
        active.state = ActiveState::Running { started, signals, asked_to_end };
        if is_retry {
            self.rare().counters.retries += 1;
            return Some(now.boot - slot.at);
        }
        self.tally.runs += 1;
        if !matches!(slot.kind, SlotKind::Manual(_)) {
            self.starts += 1;
            if !self.is_plain && self.has_started_enough() {
                // What passed while this run waited for its place existed still.
                self.settle(now, Upto::Before, serial, output);
                self.end(Phase::Done, SkipReason::Done, now, output);
            }
        }
        Some(now.boot - slot.at)
    }

    pub(super) fn finish(
        &mut self,
        run: u64,
        ended: Ended,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) -> Finished {
        if matches!(ended, Ended::Ok(Next::OnSchedule)) && self.finish_well(run, now, output) {
            return Finished::Decided;
        }
        let Some(mut place) = self.place_of(run) else { return Finished::Unknown };
        if let ActiveState::HandedOut { .. } = self.going[place].state {
            // The driver never began it, as its runtime was shut down: it ends all the same.
            self.begin_run(run, now, serial, output);
            let Some(begun) = self.place_of(run) else { return Finished::Unknown };
            place = begun;
        }
        let (started, abandoned) = match self.going[place].state {
            ActiveState::Waiting | ActiveState::HandedOut { .. } | ActiveState::BackingOff => {
                return Finished::Unknown;
            }
            ActiveState::Running { started, .. } => (started, false),
            ActiveState::Abandoned { started } => (started, true),
        };
        // A run cannot end before it started, whatever the driver's clock says.
        let now = Now { boot: now.boot.max(started), wall: now.wall };
        let next = if abandoned { Next::OnSchedule } else { ended.next() };
        if self.going[place].retries.is_some() && self.may_retry(run, &ended, now) {
            // What passed while the run waited for its place is none of its next slots, which bound its attempts.
            self.settle(now, Upto::Before, serial, output);
            if let Some(retrying) = self.back_off(run, &ended, now, serial, output) {
                return Finished::Retries(retrying);
            }
        }
        if !abandoned {
            self.record_end(run, started, ended.into(), now, output);
        }
        // What was due while this run was going is an overlap; what is due at this instant is not.
        self.settle(now, Upto::Before, serial, output);
        if let Some(place) = self.place_of(run) {
            output.spare.forget_run(&mut self.going, place);
        }
        output.limit.give_back();
        if let (true, Some(grid)) = (self.follows_its_end(), &mut self.grid) {
            grid.restart_at(now.boot);
        }
        match next {
            Next::After(delay) => self.ask_for((now.boot + delay).max(started + FASTEST), now),
            Next::Never if self.phase == Phase::Active => {
                self.asked_to_stop = true;
                self.end(Phase::Done, SkipReason::Done, now, output);
            }
            // What is disabled, removed or stopped stays so.
            Next::OnSchedule | Next::Never => {}
        }
        self.go_on(serial, output);
        Finished::Decided
    }

    fn place_of(&self, run: u64) -> Option<usize> {
        self.going.iter().position(|active| active.serial == run)
    }

    /// Makes ready what waited for the end of a run.
    pub(super) fn go_on(&mut self, serial: &mut u64, output: &mut Output) {
        if !self.is_saturated()
            && let Some(slot) = self.rare.as_mut().and_then(|rare| rare.pop_waiting())
        {
            self.make_ready(slot, serial, output);
        }
    }

    /// Records the outcome of a run whose last attempt ends now.
    fn record_end(&mut self, run: u64, started: Instant, outcome: Outcome, now: Now, output: &mut Output) {
        let Some(active) = self.going.iter().find(|active| active.serial == run) else { return };
        let ran = active.ends(started, &outcome, now.boot);
        self.record_run(ran, outcome, now, output);
    }

    /// Records the outcome of a run that cannot be ended. One that has not begun never will.
    pub(super) fn abandon(&mut self, run: u64, outcome: Outcome, now: Now, output: &mut Output) {
        let Some(active) = self.going.iter_mut().find(|active| active.serial == run) else { return };
        let started = match active.state {
            ActiveState::Running { started, .. } => started,
            ActiveState::HandedOut { .. } => now.boot,
            ActiveState::Waiting | ActiveState::BackingOff | ActiveState::Abandoned { .. } => return,
        };
        active.state = ActiveState::Abandoned { started };
        self.record_end(run, started, outcome, now, output);
    }

    pub(super) fn abandon_all(&mut self, outcome: &Outcome, now: Now, output: &mut Output) {
        let mut serials = Vec::with_capacity(self.going.len());
        for active in &self.going {
            serials.push(active.serial);
        }
        for serial in serials {
            self.abandon(serial, outcome.clone(), now, output);
        }
    }

    /// Asks each run that has begun to end, once; answers whether there is one.
    pub(super) fn ask_to_end(&mut self, replaced: bool, output: &mut Output) -> bool {
        for active in &mut self.going {
            let ActiveState::Running { signals, asked_to_end, .. } = &mut active.state else { continue };
            if !core::mem::replace(asked_to_end, true) {
                // The driver cancels it: waking whoever waits for the token runs code of theirs.
                output.tokens.extend(signals.clone());
                if replaced {
                    output.cancelled.push_back(RunId { row: self.id, serial: active.serial });
                }
            }
        }
        self.going.iter().any(Active::has_begun)
    }

    /// Puts `slot` in the place of what is going: at once if that has not begun, else when it has really ended.
    pub(super) fn replace_with(&mut self, slot: Slot, now: Now, serial: &mut u64, output: &mut Output) {
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

    /// Skips every slot that was decided to run but has not begun, and ends the waits for a retry. What has begun
    /// outlasts the schedule's end with its retries, and so does a trigger.
    pub(super) fn drop_waiting(&mut self, reason: SkipReason, now: Now, output: &mut Output) {
        let stays = |slot: &Slot| reason == SkipReason::Done && matches!(slot.kind, SlotKind::Manual(_));
        if reason != SkipReason::Done {
            self.end_retries(now, output);
        }
        let mut dropped: Vec<Slot> = Vec::new();
        self.going.retain(|active| {
            if active.has_begun() || active.awaits_retry() || stays(&active.slot) {
                return true;
            }
            match active.state {
                ActiveState::Waiting => output.ready.drop_entry(active.serial),
                _ => output.limit.give_back(),
            }
            dropped.push(active.slot);
            false
        });
        if let Some(rare) = &mut self.rare {
            dropped.extend(rare.backlog.drain(..).rev());
            dropped.extend(rare.held.take_if(|slot| !stays(slot)));
        }
        for slot in dropped {
            self.record_skip(slot, slot, 1, Outcome::Skipped(reason), now, output);
        }
        self.rearm(now);
    }
}
