//! The runs of all tasks: handed to the driver, and taken back.

use core::time::Duration;

use super::ids::RunId;
use super::limit::{GroupId, Permit};
use super::queue::{Queued, ReadyQueue};
use super::row::{Phase, Row};
use super::run::Finished;
use super::scheduler::Scheduler;
use super::start::Start;
use super::visit::{Open, Visit};
use crate::task::{Ended, Outcome};
use crate::time::Now;

impl Scheduler {
    /// Takes and starts the next run that may start; `None` if there is none, or the limit has no free permit.
    ///
    /// Runs come in the order of the polls that decided them, and within one poll in table order. With a limit, they
    /// come in the order in which they were due.
    pub fn start_next(&mut self, now: Now) -> Option<Start> {
        self.start_next_until(now, i64::MAX)
    }

    /// Takes a run as [`start_next`](Self::start_next) does, for a scheduler without a limit: one that was made ready
    /// up to `generation`.
    pub(crate) fn start_next_until(&mut self, now: Now, generation: i64) -> Option<Start> {
        loop {
            let now = self.forward(now);
            let start = self.next_ready(now, |ready| ready.pop_until(generation), Row::hand_out)?;
            // A retry that waited too long for its permit has ended instead.
            if let Some(lateness) = self.begin_run(start.id, now) {
                return Some(Start { lateness, ..start });
            }
        }
    }

    pub(super) fn next_ready<T>(
        &mut self,
        now: Now,
        mut pop: impl FnMut(&mut ReadyQueue) -> Option<Queued>,
        hand_out: impl FnOnce(&mut Row, &mut Visit<'_>, usize, Permit) -> T,
    ) -> Option<T> {
        let permit = self.limits.take(GroupId::SERVICE)?;
        while let Some(entry) = pop(&mut self.effects.ready) {
            let Some((row, mut visit)) = self.step_of(entry.row, now) else { continue };
            let Some(place) = row.place_of(entry.serial) else { continue };
            return Some(hand_out(row, &mut visit, place, permit));
        }
        self.limits.give_back(permit);
        None
    }

    /// Returns the number of the latest generation of ready runs.
    pub(crate) fn latest_generation(&self) -> i64 {
        self.effects.ready.latest_generation()
    }

    pub(super) fn begin_run(&mut self, run: RunId, now: Now) -> Option<Duration> {
        // It may decide slots, and a thread may have read `now` before the clock was set.
        let now = if self.clocks.is_followed { self.read(now) } else { self.forward(now) };
        let (row, mut visit) = self.step_of(run.task.place, now)?;
        let awaited_retry = row.awaits_retry();
        let lateness = row.begin_run(&mut visit, run.serial);
        if awaited_retry || row.phase != Phase::Active {
            // It is the last of its `max_runs`, or its wait for a retry is over. Otherwise its next visit has not
            // changed.
            self.requeue(run.task.place);
        }
        debug_assert!(
            self.is_queued(run.task.place),
            "the start of {run:?} changed when its task wants to be looked at"
        );
        lateness
    }

    /// Reports that a run ended at `now`.
    ///
    /// A run that ends at the instant of a slot ended before that slot. An unknown run, whose end was reported before,
    /// is ignored. A failed run may be retried: its slot then has no outcome yet, and the next attempt is a run with
    /// its own id.
    pub fn finished(&mut self, run: RunId, ended: Ended, now: Now) -> Finished {
        let now = if !self.clocks.is_followed && self.clocks.went_on_alike(now) {
            // Only windows depend on the wall clock then, and one reading at each poll is enough for them.
            now
        } else {
            self.take_reading(now)
        };
        let now = self.forward(now);
        let finished = self.visit(run.task.place, now, Open::AsIs, |row, visit| {
            visit.effects.ready.next_generation();
            row.finish(visit, run.serial, ended)
        });
        finished.unwrap_or(Finished::Unknown)
    }

    /// Records the outcome of a run that cannot be ended: a blocking run that exceeded its timeout.
    ///
    /// It counts as active until [`finished`](Self::finished) reports its real end, which records nothing more.
    pub fn abandon(&mut self, run: RunId, outcome: Outcome, now: Now) {
        let now = self.forward(now);
        if let Some((row, mut visit)) = self.step_of(run.task.place, now) {
            row.abandon(&mut visit, run.serial, outcome);
            // The wait for a retry may be over.
            self.requeue(run.task.place);
        }
    }
}
