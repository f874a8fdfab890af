//! The interface of drivers that do more than poll and start ready runs: the runner, the passes and the simulator.

use core::time::Duration;

use super::ids::RunId;
use super::limit::GroupId;
use super::queue::Starter;
use super::row::Row;
use super::scheduler::Scheduler;
use super::start::Start;
use super::visit::Open;
#[cfg(feature = "sim")]
use crate::schedule::Slot;
use crate::task::Outcome;
use crate::time::{Instant, Now, nanos};

/// The protocol between a scheduler and its driver, from [`Scheduler::driver`]. It may change in any release.
#[derive(Debug)]
pub struct Driver<'s>(&'s mut Scheduler);

impl Scheduler {
    /// Returns the interface of drivers that do more than poll and start ready runs.
    #[doc(hidden)]
    #[inline]
    pub fn driver(&mut self) -> Driver<'_> {
        Driver(self)
    }
}

impl Driver<'_> {
    /// Decides every slot that is due at `now`; returns the number of runs that wait for their start.
    ///
    /// For a driver that starts them before it calls [`wake_at`](Self::wake_at): if they end at once, the next slots
    /// of their tasks are calculated only once.
    #[inline]
    pub fn decide(&mut self, now: Now) -> usize {
        self.0.decide(now)
    }

    /// Returns when to poll next: exactly at the first due slot, at most the options' `max_idle` after `now`, and
    /// within their `wall_check` if a task follows the wall clock. Decides nothing.
    #[inline]
    pub fn wake_at(&mut self, now: Now) -> Instant {
        self.0.wake_at(now)
    }

    /// Takes the next run that may start, as [`start_next`](Scheduler::start_next) does, but does not start it.
    ///
    /// For a driver that starts it elsewhere, where a control call may come first. Before the task's first line it
    /// calls [`begin_run`](Self::begin_run).
    pub fn hand_out(&mut self, now: Now) -> Option<Start> {
        let now = self.0.forward(now);
        self.0.next_ready(now, |ready| ready.pop_until(i64::MAX), Row::hand_out)
    }

    /// Takes and starts the next run, as [`start_next`](Scheduler::start_next) does, if it is of this starter.
    pub fn start_of(&mut self, starter: Starter, now: Now) -> Option<Start> {
        let now = self.0.forward(now);
        loop {
            let start = self.0.next_ready(now, |ready| ready.pop_of(starter), Row::hand_out)?;
            // A retry that waited too long for its permit has ended instead.
            if let Some(lateness) = self.0.begin_run(start.id, now) {
                return Some(Start { lateness, ..start });
            }
        }
    }

    /// Takes the next run as [`hand_out`](Self::hand_out) does, if it is of this starter.
    pub fn hand_out_of(&mut self, starter: Starter, now: Now) -> Option<Start> {
        let now = self.0.forward(now);
        self.0.next_ready(now, |ready| ready.pop_of(starter), Row::hand_out)
    }

    /// Returns how many runs of a starter may start now, or more; zero only if there is none.
    #[inline]
    pub fn ready_in(&mut self, starter: Starter) -> usize {
        self.0.effects.ready.takeable(starter).min(self.0.limits.free(GroupId::SERVICE))
    }

    /// Takes a run as [`hand_out`](Self::hand_out) does, for a driver that runs no code. It has no token and no
    /// progress note, but the slot and the number of the attempt.
    #[cfg(feature = "sim")]
    pub(crate) fn hand_out_silently(&mut self, now: Now) -> Option<(RunId, Slot, u32)> {
        let now = self.0.forward(now);
        self.0.next_ready(
            now,
            |ready| ready.pop_until(i64::MAX),
            |row, visit, place, permit| {
                let task = row.id;
                let active = row.hand_out_with(visit, place, permit, None);
                (RunId { task, serial: active.serial }, active.slot, active.attempt())
            },
        )
    }

    /// Starts a run that was handed out; returns how late it is.
    ///
    /// `None` if it must not start: its task was paused, disabled or removed since, or the service is being stopped.
    /// The same holds for a retry if the schedule's next slot has come. Its slot is then recorded already, and the
    /// driver reports no end.
    pub fn begin_run(&mut self, run: RunId, now: Now) -> Option<Duration> {
        self.0.begin_run(run, now)
    }

    /// Records `outcome` for all active runs, because their driver stops waiting for them.
    pub fn abandon_all(&mut self, outcome: &Outcome, now: Now) {
        let now = self.0.forward(now);
        for id in self.0.places() {
            if let Some((row, mut visit)) = self.0.step_of(id, now) {
                row.abandon_all(&mut visit, outcome);
            }
            self.0.requeue(id);
        }
        self.0.assert_sound();
    }

    /// Holds every grid until [`begin_grids`](Self::begin_grids): a status, a control call or a stop before it finds a
    /// grid that begins at that moment.
    ///
    /// For a driver that creates the scheduler some time before its first poll.
    pub fn await_start(&mut self) {
        self.0.awaits_start = true;
    }

    /// Starts every grid without a decided slot at `now`.
    pub fn begin_grids(&mut self, now: Now) {
        let now = self.0.read(now);
        self.0.awaits_start = false;
        for id in self.0.places() {
            self.0.visit(id, now, Open::AsIs, |row, _| row.begin_anew(now));
        }
    }

    /// Keeps up to `most` of the newest records of successful runs unbuilt, for a driver without watchers. Returns how
    /// many are kept, which may be a few more, or `None` if other records wait and must be taken.
    ///
    /// Such a record is built when it is taken, so one that is never taken costs next to nothing.
    #[inline]
    pub fn let_records_wait(&mut self, most: usize) -> Option<usize> {
        self.0.effects.records.wait(most)
    }

    /// Whether [`take_replaced`](Scheduler::take_replaced) would return a run.
    #[inline]
    pub fn has_replaced(&self) -> bool {
        !self.0.effects.replaced.is_empty()
    }

    /// Sets the longest time to the next poll. Zero counts as 1 ms.
    pub fn set_max_idle(&mut self, longest: Duration) {
        self.0.options.max_idle = nanos(longest.max(Duration::from_millis(1)));
    }
}

#[cfg(test)]
mod tests {
    use crate::scheduler::{Scheduler, SchedulerOptions};
    use crate::spec::{Interval, TaskSpec};
    use crate::task::task::Task;
    use crate::task::{Ended, Next, TaskError, TaskName};
    use crate::time::{Instant, Now};

    fn at(seconds: i64) -> Now {
        Now { boot: Instant::from_nanos(seconds * 1_000_000_000), ..Now::default() }
    }

    #[test]
    fn records_of_successful_runs_wait_until_another_comes() {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default().node("node-7"), at(0));
        assert_eq!(scheduler.node(), "node-7");
        let spec = TaskSpec::new("poll").every(Interval::from_secs(1));
        scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0)).unwrap();
        let run = |scheduler: &mut Scheduler, second: i64, ended: Ended| {
            let _ = scheduler.poll(at(second));
            let start = scheduler.start_next(at(second)).unwrap();
            let _ = scheduler.finished(start.id, ended, at(second));
        };
        assert_eq!(scheduler.driver().let_records_wait(2), Some(0));
        for second in 1..=3 {
            run(&mut scheduler, second, Ended::Ok(Next::OnSchedule));
        }
        assert_eq!(
            scheduler.driver().let_records_wait(2),
            Some(3),
            "one more than wanted is no reason to drop it"
        );
        run(&mut scheduler, 4, Ended::Failed(TaskError::new("no answer")));
        assert_eq!(scheduler.driver().let_records_wait(2), None);
        let outcomes: Vec<_> =
            core::iter::from_fn(|| scheduler.take_record()).map(|record| record.outcome.label()).collect();
        assert_eq!(outcomes, ["ok", "ok", "ok", "failed"]);
        assert_eq!(scheduler.driver().let_records_wait(2), Some(0));
    }
}
