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
use super::row::PassHints;
use super::run::{AtHand, Finished};
use super::scheduler::Scheduler;
use super::visit::Visit;
use crate::schedule::{Slot, SlotKind};
use crate::spec::Execution;
use crate::task::{Cancellation, Ended, Run, Window};
use crate::time::Now;

/// A sequential pass over the rows of a scheduler, which each step gets as an argument. Its owner keeps it from pass to
/// pass, so that a pass allocates nothing.
#[derive(Debug)]
pub(crate) struct SequentialPass {
    /// The run at hand, or the last one.
    pub(crate) run: Run,
    at_hand: Option<RunAtHand>,
    /// The rows that were due when the pass began.
    due_rows: Vec<u32>,
    /// The position of the next row among them.
    place: usize,
    /// When the pass began.
    begun: Now,
    /// The generation of the runs that the pass makes ready.
    generation: i64,
    /// Whether ready runs come before the rest of the due rows.
    has_ready: bool,
    /// The token of the other runs, kept while a noted run with its own token is at hand.
    token: Option<Cancellation>,
}

/// The run at hand.
#[derive(Clone, Copy, Debug)]
struct RunAtHand {
    row: u32,
    /// The number of a run that is noted as active.
    serial: Option<NonZeroU64>,
}

/// The run at hand, for the pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextRun {
    /// The index of the task's row.
    pub(crate) row: usize,
    pub(crate) hints: PassHints,
}

impl Default for SequentialPass {
    fn default() -> Self {
        Self {
            run: Run::of_no_task(),
            at_hand: None,
            due_rows: Vec::new(),
            place: 0,
            begun: Now::default(),
            generation: 0,
            has_ready: false,
            token: None,
        }
    }
}

impl SequentialPass {
    /// Begins a pass over the slots that are due now.
    pub(crate) fn begin(&mut self, scheduler: &mut Scheduler, now: Now) {
        self.end(scheduler);
        let now = scheduler.read(now);
        scheduler.find_due(now, &mut self.due_rows);
        self.begun = now;
        self.generation = scheduler.effects.ready.next_generation();
        if scheduler.ready() > 0 {
            // Ready runs of the pass before come first, then the slots that are due now.
            self.decide_rest(scheduler);
        }
    }

    /// Decides all slots that the pass found due and has not run: they are ready, in their turn.
    fn decide_rest(&mut self, scheduler: &mut Scheduler) {
        self.end(scheduler);
        self.has_ready = true;
    }

    /// Decides the rest by the time at which the pass began, before a step at `now` that would find the wall clock set
    /// back.
    pub(crate) fn expect_reading(&mut self, scheduler: &mut Scheduler, now: Now) {
        if scheduler.would_go_back(now) {
            self.decide_rest(scheduler);
        }
    }

    /// Starts the next run that was due when the pass began, as [`run`](Self::run).
    ///
    /// A row's task moves into its run, and back when the run ends: so no reference is counted.
    #[expect(clippy::inline_always, reason = "called in one loop, which keeps the arguments in registers")]
    #[inline(always)]
    pub(crate) fn next_run(&mut self, scheduler: &mut Scheduler, now: Now) -> Option<NextRun> {
        loop {
            if self.has_ready {
                if let Some(next) = self.next_noted(scheduler, now) {
                    return Some(next);
                }
                self.has_ready = false;
            }
            let id = *self.due_rows.get(self.place)?;
            self.place += 1;
            let Some(Some(row)) = scheduler.rows.get_mut(id as usize) else { continue };
            let Some(at) = row.take_even(self.begun) else {
                self.decide_row(scheduler, id);
                continue;
            };
            let slot = Slot { kind: SlotKind::Scheduled, at, scheduled: self.begun.wall_at(at) };
            // `scheduler.now` stays the start of the run until it ends, because no other call comes.
            let started = scheduler.now.max(now.boot);
            scheduler.now = started;
            self.at_hand = Some(RunAtHand { row: id, serial: None });
            (row.totals.runs, row.starts) = (row.totals.runs + 1, row.starts + 1);
            let run = &mut self.run;
            swap(&mut run.task, &mut row.task);
            (run.slot, run.attempt) = (slot, 1);
            run.lateness = started.nanos_since(slot.at);
            let start = row.last_ok.window_start(slot, scheduler.effects.set_back_at);
            run.window = Window { start, end: slot.scheduled };
            if !run.cancellation.is_unused() {
                run.cancellation = scheduler.effects.spare.signals();
            }
            return Some(NextRun { row: id as usize, hints: row.hints });
        }
    }

    /// Decides a row whose turn has come, and whose pace is not even.
    #[inline(never)]
    fn decide_row(&mut self, scheduler: &mut Scheduler, id: u32) {
        // It was due before all runs that were made ready during this pass.
        let latest = scheduler.effects.ready.go_on_with(self.generation);
        scheduler.decide_rows(&[id], self.begun);
        scheduler.effects.ready.go_on_with(latest);
        self.has_ready = true;
    }

    #[inline(never)]
    fn next_noted(&mut self, scheduler: &mut Scheduler, now: Now) -> Option<NextRun> {
        let now = scheduler.forward(now);
        self.expect_reading(scheduler, now);
        let start = scheduler.start_next_until(now, self.generation)?;
        let id = start.id;
        let hints = PassHints { is_bounded: start.task.spec().timeout.is_some(), polls_in_place: false };
        let before = replace(&mut self.run, start.into_run());
        self.token = Some(before.cancellation);
        let row = id.task.place;
        self.at_hand = Some(RunAtHand { row, serial: NonZeroU64::new(id.serial) });
        Some(NextRun { row: row as usize, hints })
    }

    /// Notes that the run at hand waits: its driver may be leaked meanwhile, and its row needs a task.
    pub(crate) fn run_waits(&self, scheduler: &mut Scheduler) {
        let unnoted = self.at_hand.filter(|at_hand| at_hand.serial.is_none());
        let row = unnoted.and_then(|at_hand| scheduler.rows.get_mut(at_hand.row as usize)?.as_mut());
        if let Some(row) = row {
            row.task = Arc::clone(&self.run.task);
            row.hints.polls_in_place = row.task.spec().execution == Execution::Inline;
        }
    }

    /// Ends a successful run, if its end has no other effect; returns whether it did.
    #[expect(clippy::inline_always, reason = "called in one loop, which keeps the arguments in registers")]
    #[inline(always)]
    pub(crate) fn end_well(&mut self, scheduler: &mut Scheduler, now: Now) -> bool {
        let Some(RunAtHand { row: id, serial: None }) = self.at_hand else { return false };
        let Some(Some(row)) = scheduler.rows.get_mut(id as usize) else { return false };
        let started = scheduler.now;
        let Some(proof) = row.even_end(started, now) else { return false };
        if scheduler.clocks.is_followed && !scheduler.clocks.take(now) {
            // Other tasks follow the wall clock, which was set.
            return false;
        }
        debug_assert!(started <= now.boot, "time fell from {started:?} to {now:?}");
        self.at_hand = None;
        scheduler.now = now.boot;
        swap(&mut self.run.task, &mut row.task);
        let (serial, limits) = (&mut scheduler.serial, &mut scheduler.limits);
        let mut visit = Visit { now, serial, limits, effects: &mut scheduler.effects };
        let wake = row.end_well(&mut visit, AtHand { slot: self.run.slot, started }, proof);
        match wake {
            // The row waits only for that slot, and was taken off the queue when the pass began.
            Some(wake) => scheduler.boot.add(id, wake),
            None => scheduler.requeue(id),
        }
        true
    }

    /// Ends the run at hand, if there is one.
    #[inline(never)]
    pub(crate) fn end_run(&mut self, scheduler: &mut Scheduler, ended: Ended, now: Now) -> Finished {
        let Some(RunAtHand { row: id, serial }) = self.at_hand.take() else {
            return Finished::Unknown;
        };
        let Some(Some(row)) = scheduler.rows.get_mut(id as usize) else { return Finished::Unknown };
        let task = row.id;
        let serial = if let Some(serial) = serial {
            if let Some(token) = self.token.take() {
                self.run.cancellation = token;
            }
            serial.get()
        } else {
            swap(&mut self.run.task, &mut row.task);
            // A pass has no limit.
            let Some(permit) = scheduler.limits.take(GroupId::SERVICE) else { return Finished::Unknown };
            scheduler.serial += 1;
            let active = ActiveRun::at_hand(scheduler.serial, self.run.slot, permit, scheduler.now);
            row.note_at_hand(&mut scheduler.effects.spare, active);
            scheduler.serial
        };
        self.expect_reading(scheduler, now);
        scheduler.finished(RunId { task, serial }, ended, now)
    }

    /// Cancels the run at hand, and ends the pass: it was dropped.
    pub(crate) fn cancel(&mut self, scheduler: &mut Scheduler, now: Now) {
        // Its future is gone, but tasks that it spawned may have kept the token.
        self.run.cancellation.cancel();
        self.end_run(scheduler, Ended::Cancelled, now);
        self.end(scheduler);
    }

    /// Whether a run is at hand.
    pub(crate) fn has_run_at_hand(&self) -> bool {
        self.at_hand.is_some()
    }

    /// Ends a pass: due slots that it has not run wait for the next one.
    pub(crate) fn end(&mut self, scheduler: &mut Scheduler) {
        if self.place < self.due_rows.len() {
            let latest = scheduler.effects.ready.go_on_with(self.generation);
            scheduler.decide_rows(&self.due_rows[self.place..], self.begun);
            scheduler.effects.ready.go_on_with(latest);
        }
        self.due_rows.clear();
        (self.place, self.has_ready) = (0, false);
    }
}
