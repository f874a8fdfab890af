//! For drivers that do more than poll and start what is ready: the runner, the passes and the simulator.

use core::time::Duration;

#[cfg(feature = "sim")]
use super::ids::RunId;
use super::scheduler::Scheduler;
use super::start::Start;
use super::visit::Open;
#[cfg(feature = "sim")]
use crate::schedule::Slot;
use crate::task::Outcome;
use crate::time::{Now, nanos};

impl Scheduler {
    /// Takes the next run that may start, as [`start_next`](Self::start_next), but does not start it.
    ///
    /// For a driver that starts it somewhere else, between which and now a control may come: there it asks
    /// [`begin_run`](Self::begin_run) before the task's first line.
    pub fn hand_out(&mut self, now: Now) -> Option<Start> {
        let now = self.forward(now);
        self.next_ready(now, i64::MAX, |row, run, visit| row.hand_out(visit, run))
    }

    /// As [`hand_out`](Self::hand_out), for a driver that runs no code: without a token and a progress note,
    /// but with the slot and the attempt's number.
    #[cfg(feature = "sim")]
    pub(crate) fn hand_out_silently(&mut self, now: Now) -> Option<(RunId, Slot, u32)> {
        let now = self.forward(now);
        self.next_ready(now, i64::MAX, |row, run, visit| {
            let id = RunId { row: row.id, serial: run };
            let active = row.hand_out_with(visit, run, None)?;
            Some((id, active.slot, active.attempt()))
        })
    }

    /// Records the outcome of all runs that are going, because their driver gives up waiting for them.
    pub fn abandon_all(&mut self, outcome: &Outcome, now: Now) {
        let now = self.forward(now);
        for id in self.places() {
            if let Some((row, mut visit)) = self.step_of(id, now) {
                row.abandon_all(&mut visit, outcome);
            }
        }
    }

    /// Has no slots before [`begin_grids`](Self::begin_grids): what looks at a task earlier, controls it or stops it
    /// finds a grid that begins at that moment.
    ///
    /// For a driver that makes the scheduler some time before it first polls it.
    pub fn await_start(&mut self) {
        self.awaits_start = true;
    }

    /// Begins anew: every grid that has decided nothing yet starts at `now`.
    pub fn begin_grids(&mut self, now: Now) {
        let now = self.read(now);
        self.awaits_start = false;
        for id in self.places() {
            self.visit(id, now, Open::AsIs, |row, _| row.begin_anew(now));
        }
    }

    /// For a driver that nobody has asked what became of slots: lets the newest `most` records wait, if all that wait
    /// are of runs that ended well, and answers how many do. A few more may.
    ///
    /// Such a record is made when it is taken, so one that never is costs next to nothing. `None` if there are others;
    /// then the driver takes all.
    pub fn let_records_wait(&mut self, most: usize) -> Option<usize> {
        self.output.records.wait(most)
    }

    /// Whether [`take_cancelled`](Self::take_cancelled) has something to take.
    pub fn has_cancelled(&self) -> bool {
        !self.output.cancelled.is_empty()
    }

    /// Changes the longest time to the next poll. Zero counts as 1 ms.
    pub fn set_max_idle(&mut self, longest: Duration) {
        self.options.max_idle = nanos(longest.max(Duration::from_millis(1)));
    }
}
