//! The turns of a driver that runs due tasks itself, one after the other, without calls in between: the sequential
//! pass.
//!
//! No call can observe such a run while it is active, so it is not noted as active: only its end is recorded. A task
//! that is not simple is decided in its turn, under the clocks at the start of the pass, and runs as for every other
//! driver.

use core::mem::{replace, swap};
use core::num::NonZeroU64;
use std::sync::Arc;

use super::active_run::{Active, ActiveState};
use super::ids::RunId;
use super::ledger::WellRun;
use super::run::Finished;
use super::scheduler::Scheduler;
use super::turns::AtHand;
use super::visit::Visit;
use crate::schedule::{Slot, SlotKind};
use crate::spec::Execution;
use crate::task::{Ended, Run, Window};
use crate::time::Now;

/// The run at hand, for the pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// The index of the task's row.
    pub(crate) row: usize,
    /// Whether it has a timeout.
    pub(crate) is_bounded: bool,
    /// Whether it is known as an async task whose future is polled in place.
    pub(crate) waits_in_place: bool,
}

impl Scheduler {
    /// Begins a pass over the slots that are due now.
    pub(crate) fn begin_turns(&mut self, now: Now) {
        self.end_turns();
        let now = self.read(now);
        let mut batch = core::mem::take(&mut self.batch);
        self.find_due(now, &mut batch);
        self.batch = batch;
        self.turns.begun = now;
        self.turns.turn = self.output.ready.next_batch();
        if self.ready() > 0 {
            // Ready runs of the pass before come first, then the slots that are due now.
            self.decide_turns();
        }
    }

    /// Decides all slots that the pass found due and has not run: they are ready, in their turn.
    pub(super) fn decide_turns(&mut self) {
        self.end_turns();
        self.turns.has_ready = true;
    }

    /// Starts the next run that was due when the pass began, and writes it to `run`.
    ///
    /// A row's task moves into its run, and back when the run ends: so no reference is counted.
    #[expect(
        clippy::inline_always,
        reason = "called in one loop, which keeps what it hands over in registers"
    )]
    #[inline(always)]
    pub(crate) fn next_turn(&mut self, now: Now, run: &mut Run) -> Option<Turn> {
        loop {
            if self.turns.has_ready {
                if let Some(turn) = self.next_noted(now, run) {
                    return Some(turn);
                }
                self.turns.has_ready = false;
            }
            let id = *self.batch.get(self.turns.place)?;
            self.turns.place += 1;
            let Some(Some(row)) = self.rows.get_mut(id as usize) else { continue };
            let Some(at) = row.take_simple(self.turns.begun) else {
                self.decide_turn(id);
                continue;
            };
            let slot = Slot { kind: SlotKind::Scheduled, at, scheduled: self.turns.begun.wall_at(at) };
            // `self.now` stays the start of the run until it ends, because no other call comes.
            let started = self.now.max(now.boot);
            self.now = started;
            self.turns.at_hand = Some(AtHand { row: id, serial: None });
            (row.tally.runs, row.starts) = (row.tally.runs + 1, row.starts + 1);
            swap(&mut run.task, &mut row.task);
            (run.slot, run.attempt) = (slot, 1);
            run.lateness = started.nanos_since(slot.at);
            let start = row.last_ok.window_start(slot, self.output.set_back_at);
            run.window = Window { start, end: slot.scheduled };
            if !run.cancellation.is_unused() {
                run.cancellation = self.output.spare.signals();
            }
            let (is_bounded, waits_in_place) = (row.is_bounded, row.waits_in_place);
            return Some(Turn { row: id as usize, is_bounded, waits_in_place });
        }
    }

    /// Decides a row whose turn has come, and which is not simple.
    #[inline(never)]
    fn decide_turn(&mut self, id: u32) {
        // It was due before all runs that were made ready during this pass.
        let latest = self.output.ready.go_on_with(self.turns.turn);
        self.decide_batch(&[id], self.turns.begun);
        self.output.ready.go_on_with(latest);
        self.turns.has_ready = true;
    }

    #[inline(never)]
    fn next_noted(&mut self, now: Now, run: &mut Run) -> Option<Turn> {
        let start = self.start_next_until(now, self.turns.turn)?;
        let (id, is_bounded) = (start.id, start.task.spec().timeout.is_some());
        let before = replace(run, start.into_run());
        self.turns.token = Some(before.cancellation);
        let (row, serial) = (id.row, NonZeroU64::new(id.serial));
        self.turns.at_hand = Some(AtHand { row, serial });
        Some(Turn { row: row as usize, is_bounded, waits_in_place: false })
    }

    /// Notes that the run at hand waits: its driver may be leaked meanwhile, and its row needs a task.
    pub(crate) fn turn_waits(&mut self, run: &Run) {
        let unnoted = self.turns.at_hand.filter(|at_hand| at_hand.serial.is_none());
        let row = unnoted.and_then(|at_hand| self.rows.get_mut(at_hand.row as usize)?.as_mut());
        if let Some(row) = row {
            row.task = Arc::clone(&run.task);
            row.waits_in_place = row.task.spec().execution == Execution::Inline;
        }
    }

    /// Ends a successful run, if its end has no other effect; returns whether it did.
    #[expect(
        clippy::inline_always,
        reason = "called in one loop, which keeps what it hands over in registers"
    )]
    #[inline(always)]
    pub(crate) fn end_turn_well(&mut self, run: &mut Run, now: Now) -> bool {
        let Some(AtHand { row: id, serial: None }) = self.turns.at_hand else { return false };
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return false };
        let (started, decided) = (self.now, now.boot);
        let Some(next) = row.next_after(started, decided) else { return false };
        debug_assert!(self.now <= decided, "time fell from {:?} to {decided:?}", self.now);
        self.turns.at_hand = None;
        (self.now, row.last_ran_simply) = (decided, true);
        swap(&mut run.task, &mut row.task);
        let well = WellRun { slot: run.slot, started, decided };
        let mut visit = Visit { now, serial: &mut self.serial, output: &mut self.output };
        row.record_well(&mut visit, well, run.slot.at);
        // The row waits only for that slot, and was taken off the queue when the pass began.
        self.boot.add(id, next);
        true
    }

    /// Ends the run at hand, if there is one.
    #[inline(never)]
    pub(crate) fn end_turn(&mut self, run: &mut Run, ended: Ended, now: Now) -> Finished {
        let Some(AtHand { row: id, serial }) = self.turns.at_hand.take() else {
            return Finished::Unknown;
        };
        if let Some(serial) = serial {
            if let Some(token) = self.turns.token.take() {
                run.cancellation = token;
            }
            return self.finished(RunId { row: id, serial: serial.get() }, ended, now);
        }
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return Finished::Unknown };
        swap(&mut run.task, &mut row.task);
        self.serial += 1;
        let started = self.now;
        let state = ActiveState::Running { started, signals: None, asked_to_end: false };
        let active = Active { state, ..Active::new(self.serial, run.slot, run.slot.at) };
        self.output.spare.add_run(&mut row.going, active);
        self.output.limit.take();
        row.note_decided(run.slot);
        self.finished(RunId { row: id, serial: self.serial }, ended, now)
    }

    /// Whether a run is at hand.
    pub(crate) fn has_turn(&self) -> bool {
        self.turns.at_hand.is_some()
    }

    /// Ends a pass: due slots that it has not run wait for the next one.
    pub(crate) fn end_turns(&mut self) {
        if self.turns.place < self.batch.len() {
            let batch = core::mem::take(&mut self.batch);
            let latest = self.output.ready.go_on_with(self.turns.turn);
            self.decide_batch(&batch[self.turns.place..], self.turns.begun);
            self.output.ready.go_on_with(latest);
            self.batch = batch;
        }
        self.batch.clear();
        (self.turns.place, self.turns.has_ready) = (0, false);
    }
}
