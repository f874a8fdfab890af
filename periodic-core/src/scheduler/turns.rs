//! For a driver that runs what is due by itself, one run after the other, and lets nobody in between: the sequential
//! pass.
//!
//! Nobody can see such a run while it goes, so it is not noted as going: a slot is taken, its run ends, and that is all.
//! A task that is not as simple is decided when its turn comes, under the clocks with which the pass began, and runs as
//! for every other driver.

use core::mem::swap;
use core::num::NonZeroU64;
use std::sync::Arc;

use super::active::{Active, ActiveState};
use super::plain::Taken;
use super::records::WellRun;
use super::{Finished, RunId, Scheduler, Upto};
use crate::schedule::Timeline;
use crate::task::{Ended, Execution, Run, Window};
use crate::time::{Instant, Now};

/// How far a pass is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Turns {
    /// The place in the batch of the row that is next.
    place: usize,
    /// When the pass began.
    begun: Now,
    /// The turn of what it makes ready.
    turn: i64,
    /// Whether runs are ready that come before.
    has_ready: bool,
}

/// A run of the pass at hand.
#[derive(Clone, Copy, Debug)]
#[must_use = "its end is to be reported"]
pub(crate) struct Turn {
    row: u32,
    /// Whether it may be cut by a timeout.
    pub(crate) is_bounded: bool,
    /// Whether it is known to be an async task whose future is polled in place.
    pub(crate) waits_in_place: bool,
    /// The number of a run that is noted as going.
    serial: Option<NonZeroU64>,
    due: Instant,
    started: Instant,
}

impl Turn {
    /// The task's place among the scheduler's.
    pub(crate) fn row(&self) -> usize {
        self.row as usize
    }
}

impl Scheduler {
    /// Begins a pass over what is due now.
    pub(crate) fn begin_turns(&mut self, now: Now) {
        self.end_turns();
        let now = self.forward(now);
        let mut batch = core::mem::take(&mut self.batch);
        self.find_due(now, &mut batch);
        self.batch = batch;
        let turn = self.output.ready.next_batch();
        self.turns = Turns { place: 0, begun: now, turn, has_ready: false };
        if self.ready() > 0 {
            // What the pass before has not run comes first, and after it what is due now.
            self.end_turns();
            self.turns.has_ready = true;
        }
    }

    /// Starts the next run that was due when the pass began, and tells `run` of it.
    ///
    /// A row's task goes with its run, and comes back with the run's end: so no reference is counted.
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
            let Some(row) = &mut self.rows[id as usize] else { continue };
            let Taken::One(slot, due) = row.take_one(self.turns.begun, Upto::Including) else {
                self.decide_turn(id);
                continue;
            };
            self.now = self.now.max(now.boot);
            (row.tally.runs, row.starts) = (row.tally.runs + 1, row.starts + 1);
            let started = self.now;
            swap(&mut run.task, &mut row.task);
            (run.slot, run.attempt) = (slot, 1);
            run.lateness = started.nanos_since(slot.at);
            run.window = Window { start: row.last_ok, end: slot.scheduled };
            if !run.cancellation.is_unused() {
                run.cancellation = self.output.signals();
            }
            let (is_bounded, waits_in_place) = (row.is_bounded, row.waits_in_place);
            return Some(Turn { row: id, is_bounded, waits_in_place, serial: None, due, started });
        }
    }

    /// Decides a row whose turn has come, and which is not simple.
    #[inline(never)]
    fn decide_turn(&mut self, id: u32) {
        // It was due before all that a run of this pass has made ready since.
        let latest = self.output.ready.go_on_with(self.turns.turn);
        self.decide_batch(&[id], self.turns.begun);
        self.output.ready.go_on_with(latest);
        self.turns.has_ready = true;
    }

    #[inline(never)]
    fn next_noted(&mut self, now: Now, run: &mut Run) -> Option<Turn> {
        let (id, task, noted) = self.start_next_until(now, self.turns.turn)?.into_run();
        *run = noted;
        let (serial, is_bounded) = (NonZeroU64::new(id.serial), task.spec().timeout.is_some());
        let (due, started, waits_in_place) = (now.boot, now.boot, false);
        Some(Turn { row: id.row, is_bounded, waits_in_place, serial, due, started })
    }

    /// Gives a row its task again before its run ends, which waits: its driver may be leaked meanwhile.
    pub(crate) fn share_task(&mut self, turn: Turn, run: &Run) {
        if let (None, Some(row)) = (turn.serial, self.rows.get_mut(turn.row()).and_then(Option::as_mut)) {
            row.task = Arc::clone(&run.task);
            row.waits_in_place = row.task.spec().execution == Execution::Inline;
        }
    }

    /// Takes back a run of the pass that ended well, if nothing else is to be done then; answers whether it did.
    #[inline(always)]
    pub(crate) fn end_turn_well(&mut self, turn: Turn, run: &mut Run, now: Now) -> bool {
        let Turn { row: id, serial: None, due, started, .. } = turn else { return false };
        let Some(Some(row)) = self.rows.get_mut(id as usize) else { return false };
        if !row.is_all_said(started, now) {
            return false;
        }
        swap(&mut run.task, &mut row.task);
        self.now = self.now.max(now.boot);
        row.record_well(WellRun { slot: run.slot, started, decided: now.boot }, due, &mut self.output);
        if let Some(grid) = &row.grid {
            // Only there has its wish changed: it waits for nothing but its next slot.
            match grid.timeline() {
                Timeline::Boot => self.boot.set(id, grid.due()),
                Timeline::Wall => self.wall.set(id, grid.due()),
            }
        }
        true
    }

    /// Takes back a run of the pass.
    #[inline(never)]
    pub(crate) fn end_turn(&mut self, turn: Turn, run: &mut Run, ended: Ended, now: Now) -> Finished {
        let Turn { row: id, serial, due, started, .. } = turn;
        if let Some(serial) = serial {
            return self.finished(RunId { row: id, serial: serial.get() }, ended, now);
        }
        let Some(row) = self.rows.get_mut(id as usize).and_then(Option::as_mut) else {
            return Finished::Unknown;
        };
        swap(&mut run.task, &mut row.task);
        let slot = run.slot;
        self.serial += 1;
        let state = ActiveState::Running { started, signals: None, asked_to_end: false };
        let active = Active { state, ..Active::new(self.serial, slot, due) };
        self.output.add_run(&mut row.going, active);
        self.output.running += 1;
        self.finished(RunId { row: id, serial: self.serial }, ended, now)
    }

    /// Ends a pass: what it found due and did not run waits for the next one.
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
