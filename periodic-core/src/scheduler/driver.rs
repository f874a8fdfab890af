//! The interface of drivers that do more than poll and start ready runs: the runner, the passes and the simulator.

use core::time::Duration;

#[cfg(feature = "sim")]
use super::ids::RunId;
use super::row::Row;
use super::scheduler::Scheduler;
use super::start::Start;
use super::visit::Open;
#[cfg(feature = "sim")]
use crate::schedule::Slot;
use crate::task::Outcome;
use crate::time::{Now, nanos};

impl Scheduler {
    /// Takes the next run that may start, as [`start_next`](Self::start_next) does, but does not start it.
    ///
    /// For a driver that starts it elsewhere, where a control call may come first. Before the task's first line it
    /// calls [`begin_run`](Self::begin_run).
    pub fn hand_out(&mut self, now: Now) -> Option<Start> {
        let now = self.forward(now);
        self.next_ready(now, i64::MAX, Row::hand_out)
    }

    /// Takes a run as [`hand_out`](Self::hand_out) does, for a driver that runs no code. It has no token and no
    /// progress note, but the slot and the number of the attempt.
    #[cfg(feature = "sim")]
    pub(crate) fn hand_out_silently(&mut self, now: Now) -> Option<(RunId, Slot, u32)> {
        let now = self.forward(now);
        self.next_ready(now, i64::MAX, |row, visit, place, permit| {
            let task = row.id;
            let active = row.hand_out_with(visit, place, permit, None);
            (RunId { task, serial: active.serial }, active.slot, active.attempt())
        })
    }

    /// Records `outcome` for all active runs, because their driver stops waiting for them.
    pub fn abandon_all(&mut self, outcome: &Outcome, now: Now) {
        let now = self.forward(now);
        for id in self.places() {
            if let Some((row, mut visit)) = self.step_of(id, now) {
                row.abandon_all(&mut visit, outcome);
            }
        }
        self.assert_sound();
    }

    /// Holds every grid until [`begin_grids`](Self::begin_grids): a status, a control call or a stop before it finds a
    /// grid that begins at that moment.
    ///
    /// For a driver that creates the scheduler some time before its first poll.
    pub fn await_start(&mut self) {
        self.awaits_start = true;
    }

    /// Starts every grid without a decided slot at `now`.
    pub fn begin_grids(&mut self, now: Now) {
        let now = self.read(now);
        self.awaits_start = false;
        for id in self.places() {
            self.visit(id, now, Open::AsIs, |row, _| row.begin_anew(now));
        }
    }

    /// Keeps up to `most` of the newest records of successful runs unbuilt, for a driver without watchers. Returns how
    /// many are kept, which may be a few more, or `None` if other records wait and must be taken.
    ///
    /// Such a record is built when it is taken, so one that is never taken costs next to nothing.
    pub fn let_records_wait(&mut self, most: usize) -> Option<usize> {
        self.effects.records.wait(most)
    }

    /// Whether [`take_replaced`](Self::take_replaced) would return a run.
    pub fn has_replaced(&self) -> bool {
        !self.effects.replaced.is_empty()
    }

    /// Sets the longest time to the next poll. Zero counts as 1 ms.
    pub fn set_max_idle(&mut self, longest: Duration) {
        self.options.max_idle = nanos(longest.max(Duration::from_millis(1)));
    }
}
