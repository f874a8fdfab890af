//! Attempts at a slot after the first.
//!
//! *Running* → *backing off* → *waiting* in the queue → *handed out* → *running*, with a new number each time. A run
//! that waits for its retry is going, but takes no place of the limit. The schedule's next slot ends that wait,
//! as a control does that lets nothing new start; the slot's outcome is then that of its last attempt.

use core::time::Duration;
use std::sync::Arc;

use super::active_run::{Active, ActiveState, Ran};
use super::effects::Output;
use super::row::{Phase, Row};
use super::{Attempt, RunId};
use crate::schedule::{Slot, Spread};
use crate::spec::Execution;
use crate::task::{Ended, Task};
use crate::time::{Instant, Now};

/// What the end that a driver reported brought about.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    /// Nothing: the run is not known, because its end was reported before.
    Unknown,
    /// The slot has its outcome, and its record can be taken.
    Decided,
    /// The attempt failed, and the slot is tried again.
    Retries(Box<Retrying>),
}

impl Finished {
    /// Whether the run was known.
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }
}

/// An attempt that failed, and when the next one is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrying {
    /// The run whose attempt failed.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// The number of the attempt that failed, from 1.
    pub attempt: u32,
    /// How it failed.
    pub failed: Attempt,
    /// When the next attempt is due.
    pub due: Instant,
}

impl Retrying {
    /// How long the task backs off.
    pub fn back_off(&self) -> Duration {
        self.due - self.failed.ended
    }
}

impl Row {
    /// Lets a run whose attempt ended back off, if its slot is tried again.
    pub(super) fn back_off(
        &mut self,
        run: u64,
        ended: &Ended,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) -> Option<Box<Retrying>> {
        let place = self.going.iter().position(|active| active.serial == run)?;
        let due = self.next_attempt(&self.going[place], now).filter(|_| self.may_retry(run, ended, now))?;
        let ActiveState::Running { started, .. } = self.going[place].state else { return None };
        let mut active = self.going.remove(place);
        let (slot, attempt) = (active.slot, active.attempt());
        let failed = Attempt { started, ended: now.boot, outcome: ended.clone().into() };
        if let Some(retries) = &mut active.retries {
            retries.failed.push(failed.clone());
            retries.due = due;
        }
        *serial += 1;
        (active.serial, active.state) = (*serial, ActiveState::BackingOff);
        self.going.push(active);
        output.limit.give_back();
        let (id, task) = (RunId { row: self.id, serial: run }, Arc::clone(&self.task));
        Some(Box::new(Retrying { id, task, slot, attempt, failed, due }))
    }

    /// Whether a run that ended so is tried again if the next attempt comes in time.
    pub(super) fn may_retry(&self, run: u64, ended: &Ended, now: Now) -> bool {
        let Some(active) = self.going.iter().find(|active| active.serial == run) else { return false };
        let Some(retries) = &active.retries else { return false };
        let is_worth_it = match ended {
            Ended::Failed(_) | Ended::Panicked(_) => true,
            // Blocking work goes on behind its timeout.
            Ended::TimedOut => self.task.spec().execution != Execution::Blocking,
            Ended::Ok(_) | Ended::Cancelled => false,
        };
        let may_start = matches!(self.phase, Phase::Active | Phase::Done) && !self.paused;
        let goes_on = matches!(active.state, ActiveState::Running { asked_to_end: false, .. });
        let is_left = active.attempt() < retries.spec.attempts.get() && !retries.outlived;
        is_worth_it && may_start && goes_on && is_left && active.began() > self.newest_due(now)
    }

    /// When the next attempt is due, if that is before the schedule's next slot.
    fn next_attempt(&self, active: &Active, now: Now) -> Option<Instant> {
        let attempt = active.attempt();
        let draw = Spread::draw(self.seed, active.slot.scheduled.as_nanos(), attempt);
        let due = now.boot + active.retries.as_ref()?.spec.drawn(attempt, draw);
        (due < self.next_slot_at(now)).then_some(due)
    }

    /// Queues the retries that are due, and ends those that the schedule's next slot has caught up with.
    pub(super) fn settle_retries(&mut self, now: Now, serial: &mut u64, output: &mut Output) {
        if !self.awaits_retry() {
            return;
        }
        if self.is_next_slot_due(now) {
            self.end_retries(now, output);
            self.go_on(serial, output);
            return;
        }
        for active in &mut self.going {
            let due = active.retry_due().filter(|due| *due <= now.boot);
            if let (ActiveState::BackingOff, Some(due)) = (&active.state, due) {
                active.state = ActiveState::Waiting;
                output.ready.push(due, self.order, active.serial, self.id);
            }
        }
    }

    /// Ends each wait for a retry: its slot's outcome is that of the last attempt.
    pub(super) fn end_retries(&mut self, now: Now, output: &mut Output) {
        while let Some(place) = self.going.iter().position(Active::awaits_retry) {
            let active = self.going.remove(place);
            match active.state {
                ActiveState::Waiting => output.ready.drop_entry(active.serial),
                ActiveState::HandedOut { .. } => output.limit.give_back(),
                _ => {}
            }
            let ([first, .., last] | [first @ last]) = active.failed() else { continue };
            let (started, outcome) = (first.started, last.outcome.clone());
            let attempts = active.failed().to_vec().into();
            let (number, slot, turn) = (active.number(), active.slot, active.turn);
            let ran = Ran { number, slot, turn, started, attempts };
            self.record_run(ran, outcome, now, output);
        }
    }

    /// Whether a run waits for its retry.
    pub(super) fn awaits_retry(&self) -> bool {
        self.going.iter().any(Active::awaits_retry)
    }

    /// When the first retry is due, of those that are not queued yet.
    pub(super) fn next_retry(&self) -> Option<Instant> {
        let mut first: Option<Instant> = None;
        for active in &self.going {
            if matches!(active.state, ActiveState::BackingOff)
                && let Some(due) = active.retry_due()
            {
                first = Some(first.map_or(due, |first| first.min(due)));
            }
        }
        first
    }

    /// The newest of the slots that were due before now and are yet to be decided.
    fn newest_due(&self, now: Now) -> Option<Instant> {
        let newest = self.grid.clone().and_then(|mut grid| {
            let passed = grid.take(grid.timeline().read(now))?;
            Some(grid.timeline().slot(passed.newest, now).at)
        });
        newest.max(self.extra().map(|(at, _)| at).filter(|at| *at < now.boot))
    }

    /// Whether the schedule's next slot has come, at or after which no attempt starts.
    pub(super) fn is_next_slot_due(&self, now: Now) -> bool {
        self.next_slot_at(now) <= now.boot
    }

    /// The next undecided slot of the schedule, jitter not counted; the end of time where there is none.
    fn next_slot_at(&self, now: Now) -> Instant {
        let grid = self.grid.as_ref().map_or(Instant::MAX, |grid| grid.timeline().slot(grid.next(), now).at);
        self.extra().map_or(grid, |(at, _)| grid.min(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::{Options, Scheduler};
    use crate::spec::{Interval, RetrySpec, TaskSpec};
    use crate::task::{Outcome, TaskError, TaskName};

    fn at(seconds: u64) -> Now {
        Now::default().after(Duration::from_secs(seconds))
    }

    fn failed() -> Ended {
        Ended::Failed(TaskError::new("no luck"))
    }

    /// A task each 10 s whose first attempt failed at once, to be tried again 3 s later.
    fn backing_off() -> (Scheduler, RunId) {
        let mut scheduler = Scheduler::empty(Options::default(), at(0));
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
        scheduler.abandoned(first, Outcome::TimedOut, at(14));
        assert_eq!(scheduler.take_record(), None);
        assert_eq!(scheduler.running(), 1);
    }

    #[test]
    fn a_retry_that_was_handed_out_in_time_but_begins_too_late_is_over() {
        let (mut scheduler, _) = backing_off();
        assert_eq!(scheduler.poll(at(13)).ready, 1);
        let second = scheduler.hand_out(at(13)).unwrap();
        assert_eq!(scheduler.begin_run(second.id, at(20)), None);
        assert_eq!(scheduler.running(), 0);
        let record = scheduler.take_record().unwrap();
        assert_eq!((record.outcome, record.attempts.len()), (failed().into(), 1));
        assert_eq!(scheduler.finished(second.id, Ended::Cancelled, at(20)), Finished::Unknown);
        assert_eq!(scheduler.poll(at(20)).ready, 1);
        assert_eq!(scheduler.start_next(at(20)).unwrap().attempt, 1);
    }
}
