//! Attempts at a slot after the first.
//!
//! *Running* → *backing off* → *waiting* in the queue → *handed out* → *running*, with a new number each time. A run
//! that waits for its retry is active, but holds no permit. The schedule's next slot ends that wait, and so does a
//! control call that prevents new starts. The slot's outcome is then that of its last attempt.

use std::sync::Arc;

use super::RetryScheduled;
use crate::schedule::Spread;
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::ids::RunId;
use crate::scheduler::ledger::Attempt;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::run_state::RunState;
use crate::scheduler::visit::Visit;
use crate::spec::Execution;
use crate::task::Ended;
use crate::time::{Instant, Now};

impl Row {
    /// Backs off a run whose attempt ended, if its slot is retried.
    pub(crate) fn back_off(
        &mut self,
        visit: &mut Visit<'_>,
        run: u64,
        ended: &Ended,
    ) -> Option<Box<RetryScheduled>> {
        let place = self.going.iter().position(|active| active.serial == run)?;
        let due = self
            .next_attempt(&self.going[place], visit.now)
            .filter(|_| self.may_retry(run, ended, visit.now))?;
        let RunState::Running { started, .. } = self.going[place].state else { return None };
        // The next attempt has a greater number than all other runs.
        self.going[place..].rotate_left(1);
        let serial = visit.next_serial();
        let active = self.going.last_mut()?;
        let (slot, attempt) = (active.slot, active.attempt());
        let failed = Attempt { started, ended: visit.now.boot, outcome: ended.clone().into() };
        if let Some(retries) = &mut active.retries {
            retries.failed.push(failed.clone());
            debug_assert!(retries.failed.len() < retries.spec.attempts.get() as usize, "{retries:?}");
            retries.due = due;
        }
        active.serial = serial;
        if let Some(permit) = active.back_off() {
            visit.limits.give_back(permit);
        }
        let (id, task) = (RunId { task: self.id, serial: run }, Arc::clone(&self.task));
        Some(Box::new(RetryScheduled { id, task, slot, attempt, failed, due }))
    }

    /// Whether a run that ended with `ended` is retried if the next attempt comes in time.
    pub(crate) fn may_retry(&self, run: u64, ended: &Ended, now: Now) -> bool {
        let Some(active) = self.going.iter().find(|active| active.serial == run) else { return false };
        let Some(retries) = &active.retries else { return false };
        let is_worth_it = match ended {
            Ended::Failed(_) | Ended::Panicked(_) => true,
            // Blocking work continues after its timeout.
            Ended::TimedOut => self.task.spec().execution != Execution::Blocking,
            Ended::Ok(_) | Ended::Cancelled => false,
        };
        let may_start = matches!(self.phase, Phase::Active | Phase::Done) && !self.paused;
        let goes_on = matches!(active.state, RunState::Running { asked_to_end: false, .. });
        let is_left = active.attempt() < retries.spec.attempts.get() && !retries.outlived;
        is_worth_it && may_start && goes_on && is_left && active.began() > self.newest_due(now)
    }

    /// Returns when the next attempt is due, if that is before the schedule's next slot.
    fn next_attempt(&self, active: &ActiveRun, now: Now) -> Option<Instant> {
        let attempt = active.attempt();
        let draw = Spread::draw(self.seed, active.slot.scheduled.as_nanos(), attempt);
        let due = now.boot + active.retries.as_ref()?.spec.drawn(attempt, draw);
        (due < self.next_slot_at(now)).then_some(due)
    }

    /// Returns the newest undecided slot that was due before `now`.
    fn newest_due(&self, now: Now) -> Option<Instant> {
        let newest = self.grid.clone().and_then(|mut grid| {
            let passed = grid.take(grid.timeline().read(now))?;
            Some(grid.timeline().slot(passed.newest, now).at)
        });
        newest.max(self.extra().map(|(at, _)| at).filter(|at| *at < now.boot))
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::scheduler::{Finished, Scheduler, SchedulerOptions};
    use crate::spec::{Interval, RetrySpec, TaskSpec};
    use crate::task::{Outcome, Task, TaskError, TaskName};

    fn at(seconds: u64) -> Now {
        Now::default().after(Duration::from_secs(seconds))
    }

    fn failed() -> Ended {
        Ended::Failed(TaskError::new("no luck"))
    }

    /// A task each 10 s whose first attempt failed at once, to be tried again 3 s later.
    fn backing_off() -> (Scheduler, RunId) {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        let retry = RetrySpec::new(3.try_into().unwrap()).doubling(Duration::from_secs(3));
        let spec = TaskSpec::new("poll").every(Interval::from_secs(10)).retry(retry);
        scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(0)).unwrap();
        assert_eq!(scheduler.poll(at(10)).ready, 1);
        let first = scheduler.start_next(at(10)).unwrap();
        let Finished::Retries(retrying) = scheduler.finished(first.id, failed(), at(10)) else {
            panic!("it is not tried again")
        };
        assert_eq!(
            (retrying.attempt, retrying.due, retrying.back_off()),
            (1, at(13).boot, Duration::from_secs(3))
        );
        assert_eq!((scheduler.poll(at(10)).wake_at, scheduler.running()), (at(13).boot, 0));
        (scheduler, first.id)
    }

    #[test]
    fn a_late_report_is_not_taken_for_the_next_attempt() {
        let (mut scheduler, first) = backing_off();
        assert_eq!(scheduler.finished(first, Ended::Cancelled, at(11)), Finished::Unknown);
        assert_eq!(scheduler.poll(at(13)).ready, 1);
        let second = scheduler.start_next(at(13)).unwrap();
        assert_eq!(second.attempt, 2);
        assert_eq!(scheduler.finished(first, Ended::Cancelled, at(14)), Finished::Unknown);
        scheduler.abandon(first, Outcome::TimedOut, at(14));
        assert_eq!(scheduler.take_record(), None);
        assert_eq!(scheduler.running(), 1);
    }

    #[test]
    fn a_retry_that_was_handed_out_in_time_but_begins_too_late_is_over() {
        let (mut scheduler, _) = backing_off();
        assert_eq!(scheduler.poll(at(13)).ready, 1);
        let second = scheduler.driver().hand_out(at(13)).unwrap();
        assert_eq!(scheduler.driver().begin_run(second.id, at(20)), None);
        assert_eq!(scheduler.running(), 0);
        let record = scheduler.take_record().unwrap();
        assert_eq!((record.outcome, record.attempts.len()), (failed().into(), 1));
        assert_eq!(scheduler.finished(second.id, Ended::Cancelled, at(20)), Finished::Unknown);
        assert_eq!(scheduler.poll(at(20)).ready, 1);
        assert_eq!(scheduler.start_next(at(20)).unwrap().attempt, 1);
    }
}
