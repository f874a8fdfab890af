//! The steps of a driver that runs due tasks itself, one after the other, without calls in between: the sequential
//! pass.
//!
//! No call can observe such a run while it is active, so it is not noted as active: only its end is recorded. A task
//! that is not simple is decided when its row is reached, under the clocks of the pass's start. It runs as for every
//! other driver.

use core::mem::{replace, swap};
use core::num::NonZeroU64;
use std::sync::Arc;

use super::active_run::{ActiveRun, RunState};
use super::ids::RunId;
use super::ledger::WellRun;
use super::limit::GroupId;
use super::progress::AtHand;
use super::run::Finished;
use super::scheduler::Scheduler;
use super::visit::Visit;
use crate::schedule::{Slot, SlotKind};
use crate::spec::Execution;
use crate::task::{Ended, Run, Window};
use crate::time::Now;

/// The run at hand, for the pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextRun {
    /// The index of the task's row.
    pub(crate) row: usize,
    /// Whether it has a timeout.
    pub(crate) is_bounded: bool,
    /// Whether it is known as an async task whose future is polled in place.
    pub(crate) waits_in_place: bool,
}

impl Scheduler {
    /// Begins a pass over the slots that are due now.
    pub(crate) fn begin_pass(&mut self, now: Now) {
        self.end_pass();
        let now = self.read(now);
        let mut due_rows = core::mem::take(&mut self.due_rows);
        self.find_due(now, &mut due_rows);
        self.due_rows = due_rows;
        self.progress.begun = now;
        self.progress.generation = self.effects.ready.next_generation();
        if self.ready() > 0 {
            // Ready runs of the pass before come first, then the slots that are due now.
            self.decide_rest();
        }
    }

    /// Decides all slots that the pass found due and has not run: they are ready, in their turn.
    pub(super) fn decide_rest(&mut self) {
        self.end_pass();
        self.progress.has_ready = true;
    }

    /// Starts the next run that was due when the pass began, and writes it to `run`.
    ///
    /// A row's task moves into its run, and back when the run ends: so no reference is counted.
    #[expect(clippy::inline_always, reason = "called in one loop, which keeps the arguments in registers")]
    #[inline(always)]
    pub(crate) fn next_run(&mut self, now: Now, run: &mut Run) -> Option<NextRun> {
        loop {
            if self.progress.has_ready {
                if let Some(turn) = self.next_noted(now, run) {
                    return Some(turn);
                }
                self.progress.has_ready = false;
            }
            let id = *self.due_rows.get(self.progress.place)?;
            self.progress.place += 1;
            let Some(Some(row)) = self.rows.get_mut(id as usize) else { continue };
            let Some(at) = row.take_simple(self.progress.begun) else {
                self.decide_row(id);
                continue;
            };
            let slot = Slot { kind: SlotKind::Scheduled, at, scheduled: self.progress.begun.wall_at(at) };
            // `self.now` stays the start of the run until it ends, because no other call comes.
            let started = self.now.max(now.boot);
            self.now = started;
            self.progress.at_hand = Some(AtHand { row: id, serial: None });
            (row.totals.runs, row.starts) = (row.totals.runs + 1, row.starts + 1);
            swap(&mut run.task, &mut row.task);
            (run.slot, run.attempt) = (slot, 1);
            run.lateness = started.nanos_since(slot.at);
            let start = row.last_ok.window_start(slot, self.effects.set_back_at);
            run.window = Window { start, end: slot.scheduled };
            if !run.cancellation.is_unused() {
                run.cancellation = self.effects.spare.signals();
            }
            let (is_bounded, waits_in_place) = (row.is_bounded, row.waits_in_place);
            return Some(NextRun { row: id as usize, is_bounded, waits_in_place });
        }
    }

    /// Decides a row whose turn has come, and which is not simple.
    #[inline(never)]
    fn decide_row(&mut self, id: u32) {
        // It was due before all runs that were made ready during this pass.
        let latest = self.effects.ready.go_on_with(self.progress.generation);
        self.decide_rows(&[id], self.progress.begun);
        self.effects.ready.go_on_with(latest);
        self.progress.has_ready = true;
    }

    #[inline(never)]
    fn next_noted(&mut self, now: Now, run: &mut Run) -> Option<NextRun> {
        let start = self.start_next_until(now, self.progress.generation)?;
        let (id, is_bounded) = (start.id, start.task.spec().timeout.is_some());
        let before = replace(run, start.into_run());
        self.progress.token = Some(before.cancellation);
        let (row, serial) = (id.row, NonZeroU64::new(id.serial));
        self.progress.at_hand = Some(AtHand { row, serial });
        Some(NextRun { row: row as usize, is_bounded, waits_in_place: false })
    }

    /// Notes that the run at hand waits: its driver may be leaked meanwhile, and its row needs a task.
    pub(crate) fn run_waits(&mut self, run: &Run) {
        let unnoted = self.progress.at_hand.filter(|at_hand| at_hand.serial.is_none());
        let row = unnoted.and_then(|at_hand| self.rows.get_mut(at_hand.row as usize)?.as_mut());
        if let Some(row) = row {
            row.task = Arc::clone(&run.task);
            row.waits_in_place = row.task.spec().execution == Execution::Inline;
        }
    }

    /// Ends a successful run, if its end has no other effect; returns whether it did.
    #[expect(clippy::inline_always, reason = "called in one loop, which keeps the arguments in registers")]
    #[inline(always)]
    pub(crate) fn end_well_at_hand(&mut self, run: &mut Run, now: Now) -> bool {
        let Some(AtHand { row: id, serial: None }) = self.progress.at_hand else { return false };
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return false };
        let (started, decided) = (self.now, now.boot);
        let Some(next) = row.next_after(started, decided) else { return false };
        debug_assert!(self.now <= decided, "time fell from {:?} to {decided:?}", self.now);
        self.progress.at_hand = None;
        (self.now, row.last_ran_simply) = (decided, true);
        swap(&mut run.task, &mut row.task);
        let well = WellRun { slot: run.slot, started, decided };
        let mut visit =
            Visit { now, serial: &mut self.serial, limits: &mut self.limits, effects: &mut self.effects };
        row.record_well(&mut visit, well, run.slot.at);
        // The row waits only for that slot, and was taken off the queue when the pass began.
        self.boot.add(id, next);
        true
    }

    /// Ends the run at hand, if there is one.
    #[inline(never)]
    pub(crate) fn end_run(&mut self, run: &mut Run, ended: Ended, now: Now) -> Finished {
        let Some(AtHand { row: id, serial }) = self.progress.at_hand.take() else {
            return Finished::Unknown;
        };
        if let Some(serial) = serial {
            if let Some(token) = self.progress.token.take() {
                run.cancellation = token;
            }
            return self.finished(RunId { row: id, serial: serial.get() }, ended, now);
        }
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return Finished::Unknown };
        swap(&mut run.task, &mut row.task);
        // A pass has no limit.
        let Some(permit) = self.limits.take(GroupId::SERVICE) else { return Finished::Unknown };
        self.serial += 1;
        let state = RunState::Running { permit, started: self.now, signals: None, asked_to_end: false };
        let active = ActiveRun { state, ..ActiveRun::new(self.serial, run.slot, run.slot.at) };
        self.effects.spare.add_run(&mut row.going, active);
        row.note_decided(run.slot);
        self.finished(RunId { row: id, serial: self.serial }, ended, now)
    }

    /// Whether a run is at hand.
    pub(crate) fn has_run_at_hand(&self) -> bool {
        self.progress.at_hand.is_some()
    }

    /// Ends a pass: due slots that it has not run wait for the next one.
    pub(crate) fn end_pass(&mut self) {
        if self.progress.place < self.due_rows.len() {
            let due_rows = core::mem::take(&mut self.due_rows);
            let latest = self.effects.ready.go_on_with(self.progress.generation);
            self.decide_rows(&due_rows[self.progress.place..], self.progress.begun);
            self.effects.ready.go_on_with(latest);
            self.due_rows = due_rows;
        }
        self.due_rows.clear();
        (self.progress.place, self.progress.has_ready) = (0, false);
    }
}
