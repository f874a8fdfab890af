//! For a driver that runs what is due by itself, one run after the other, and lets nobody in between: the sequential
//! pass.
//!
//! Nobody can see such a run while it goes, so it is not noted as going: a slot is taken, its run ends, and that is all.
//! Where one of the tasks that are due is not as simple, all are decided first, as for every other driver.

use std::sync::Arc;

use super::active::{Active, ActiveState};
use super::plain::Taken;
use super::{Finished, RunId, Scheduler, Upto};
use crate::schedule::Timeline;
use crate::task::{Ended, Next, Run, Window};
use crate::time::{Instant, Now};

/// How far a pass is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turns {
    /// This place of the batch is next, of a pass that began then; what is queued of it has that turn.
    Batch { place: usize, begun: Now, turn: i64 },
    /// So many of the runs that are ready are left.
    Ready(usize),
}

/// A run of the pass at hand.
#[derive(Debug)]
#[must_use = "its end is to be reported"]
pub(crate) struct Turn {
    place: Place,
    pub(crate) run: Run,
}

#[derive(Debug)]
enum Place {
    Unnoted { row: u32, due: Instant, started: Instant },
    Noted(RunId),
}

impl Turn {
    /// The task's place among the scheduler's.
    pub(crate) fn row(&self) -> usize {
        match self.place {
            Place::Unnoted { row, .. } | Place::Noted(RunId { row, .. }) => row as usize,
        }
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
        self.turns = Turns::Batch { place: 0, begun: now, turn: self.output.ready.next_batch() };
        let is_simple = |id: &u32| self.rows[*id as usize].as_ref().is_none_or(|row| row.has_one_due(now));
        // What the pass before has not run comes first.
        if self.ready() > 0 || !self.batch.iter().all(is_simple) {
            self.end_turns();
            self.turns = Turns::Ready(self.ready());
        }
    }

    /// Starts the next run that was due when the pass began.
    #[inline]
    pub(crate) fn next_turn(&mut self, now: Now) -> Option<Turn> {
        while let Turns::Batch { place, begun, turn } = self.turns {
            let id = *self.batch.get(place)?;
            self.turns = Turns::Batch { place: place + 1, begun, turn };
            if let Some(row) = &mut self.rows[id as usize]
                && let Taken::One(slot, due) = row.take_one(begun, Upto::Including)
            {
                self.now = self.now.max(now.boot);
                (row.tally.runs, row.starts) = (row.tally.runs + 1, row.starts + 1);
                let started = self.now;
                let run = Run {
                    task: Arc::clone(&row.task),
                    slot,
                    lateness: started - slot.at,
                    attempt: 1,
                    window: Window { start: row.last_ok, end: slot.scheduled },
                    cancellation: self.output.signals(),
                };
                return Some(Turn { place: Place::Unnoted { row: id, due, started }, run });
            }
        }
        let Turns::Ready(left) = self.turns else { return None };
        self.turns = Turns::Ready(left.checked_sub(1)?);
        let (id, _, run) = self.start_next(now)?.into_run();
        Some(Turn { place: Place::Noted(id), run })
    }

    /// Takes back a run of the pass.
    #[inline]
    pub(crate) fn end_turn(&mut self, turn: Turn, ended: Ended, now: Now) -> Finished {
        let (id, due, started) = match turn.place {
            Place::Noted(id) => return self.finished(id, ended, now),
            Place::Unnoted { row, due, started } => (row, due, started),
        };
        let Run { task, slot, cancellation, .. } = turn.run;
        let Some(row) = self.rows.get_mut(id as usize).and_then(Option::as_mut) else {
            return Finished::Unknown;
        };
        if matches!(ended, Ended::Ok(Next::OnSchedule)) && row.is_all_said(started, now) {
            self.now = self.now.max(now.boot);
            row.record_well(task, slot, due, started, now, &mut self.output);
            self.output.keep_signals(Some(cancellation));
            if let Some(grid) = &row.grid {
                // Only there has its wish changed: it waits for nothing but its next slot.
                match grid.timeline() {
                    Timeline::Boot => self.boot.set(id, grid.due()),
                    Timeline::Wall => self.wall.set(id, grid.due()),
                }
            }
            return Finished::Decided;
        }
        self.serial += 1;
        let state = ActiveState::Running { started, signals: None, asked_to_end: false };
        let active = Active { state, ..Active::new(self.serial, slot, due) };
        self.output.add_run(&mut row.going, active);
        self.output.running += 1;
        self.finished(RunId { row: id, serial: self.serial }, ended, now)
    }

    /// Ends a pass: what it found due and did not run waits for the next one.
    pub(crate) fn end_turns(&mut self) {
        if let Turns::Batch { place, begun, turn } = self.turns {
            let mut batch = core::mem::take(&mut self.batch);
            // It was due before all that a run of this pass has queued since.
            let latest = self.output.ready.go_on_with(turn);
            self.decide_batch(batch.get(place..).unwrap_or_default(), begun);
            self.output.ready.go_on_with(latest);
            batch.clear();
            self.batch = batch;
        }
        self.turns = Turns::Ready(0);
    }
}
