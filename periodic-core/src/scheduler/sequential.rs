//! The steps of a driver that runs due tasks itself, one after the other, without calls in between: the sequential
//! pass.
//!
//! No call can observe such a run while it is active, so it is not noted as active: only its end is recorded. A row
//! at another pace than an even one is decided when it is reached, under the clocks of the pass's start. It runs as for
//! every other driver.

use core::mem::{replace, swap};
use core::num::NonZeroU64;
use std::sync::Arc;

use super::active_run::ActiveRun;
use super::ids::RunId;
use super::limit::GroupId;
use super::progress::RunAtHand;
use super::row::PassHints;
use super::run::{AtHand, Finished};
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
    pub(crate) hints: PassHints,
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
            let Some(at) = row.take_even(self.progress.begun) else {
                self.decide_row(id);
                continue;
            };
            let slot = Slot { kind: SlotKind::Scheduled, at, scheduled: self.progress.begun.wall_at(at) };
            // `self.now` stays the start of the run until it ends, because no other call comes.
            let started = self.now.max(now.boot);
            self.now = started;
            self.progress.at_hand = Some(RunAtHand { row: id, serial: None });
            (row.totals.runs, row.starts) = (row.totals.runs + 1, row.starts + 1);
            swap(&mut run.task, &mut row.task);
            (run.slot, run.attempt) = (slot, 1);
            run.lateness = started.nanos_since(slot.at);
            let start = row.last_ok.window_start(slot, self.effects.set_back_at);
            run.window = Window { start, end: slot.scheduled };
            if !run.cancellation.is_unused() {
                run.cancellation = self.effects.spare.signals();
            }
            return Some(NextRun { row: id as usize, hints: row.hints });
        }
    }

    /// Decides a row whose turn has come, and whose pace is not even.
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
        let id = start.id;
        let hints = PassHints { is_bounded: start.task.spec().timeout.is_some(), polls_in_place: false };
        let before = replace(run, start.into_run());
        self.progress.token = Some(before.cancellation);
        let (row, serial) = (id.row, NonZeroU64::new(id.serial));
        self.progress.at_hand = Some(RunAtHand { row, serial });
        Some(NextRun { row: row as usize, hints })
    }

    /// Notes that the run at hand waits: its driver may be leaked meanwhile, and its row needs a task.
    pub(crate) fn run_waits(&mut self, run: &Run) {
        let unnoted = self.progress.at_hand.filter(|at_hand| at_hand.serial.is_none());
        let row = unnoted.and_then(|at_hand| self.rows.get_mut(at_hand.row as usize)?.as_mut());
        if let Some(row) = row {
            row.task = Arc::clone(&run.task);
            row.hints.polls_in_place = row.task.spec().execution == Execution::Inline;
        }
    }

    /// Ends a successful run, if its end has no other effect; returns whether it did.
    #[expect(clippy::inline_always, reason = "called in one loop, which keeps the arguments in registers")]
    #[inline(always)]
    pub(crate) fn end_well_at_hand(&mut self, run: &mut Run, now: Now) -> bool {
        let Some(RunAtHand { row: id, serial: None }) = self.progress.at_hand else { return false };
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return false };
        let started = self.now;
        let Some(proof) = row.even_end(started, now) else { return false };
        debug_assert!(started <= now.boot, "time fell from {started:?} to {now:?}");
        self.progress.at_hand = None;
        self.now = now.boot;
        swap(&mut run.task, &mut row.task);
        let mut visit =
            Visit { now, serial: &mut self.serial, limits: &mut self.limits, effects: &mut self.effects };
        let wake = row.end_well(&mut visit, AtHand { slot: run.slot, started }, proof);
        match wake {
            // The row waits only for that slot, and was taken off the queue when the pass began.
            Some(wake) => self.boot.add(id, wake),
            None => self.requeue(id),
        }
        true
    }

    /// Ends the run at hand, if there is one.
    #[inline(never)]
    pub(crate) fn end_run(&mut self, run: &mut Run, ended: Ended, now: Now) -> Finished {
        let Some(RunAtHand { row: id, serial }) = self.progress.at_hand.take() else {
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
        let active = ActiveRun::at_hand(self.serial, run.slot, permit, self.now);
        row.note_at_hand(&mut self.effects.spare, active);
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
