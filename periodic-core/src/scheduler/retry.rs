//! Attempts at a slot after the first.
//!
//! *Running* → *backing off* → *waiting* in the queue → *handed out* → *running*, with a new number each time. A run
//! that waits for its retry is going, but takes no place of the limit. The schedule's next slot ends that wait,
//! as a control does that lets nothing new start; the slot's outcome is then that of its last attempt.

use core::time::Duration;
use std::sync::Arc;

use super::active::{Active, ActiveState};
use super::output::Output;
use super::row::{Phase, Row};
use super::{Attempt, RunId};
use crate::schedule::Spread;
use crate::table::Task;
use crate::task::{Ended, Execution, Slot};
use crate::time::{Instant, Now};

/// What the end that a driver reported brought about.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    /// Nothing: the run is not known, because its end was reported before.
    Unknown,
    /// The slot has its outcome, and its record can be taken.
    Decided,
    /// The attempt failed, and the slot is tried again.
    Retries(Retrying),
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
    ) -> Option<Retrying> {
        let place = self.going.iter().position(|active| active.serial == run)?;
        let due = self.retry_due(&self.going[place], now).filter(|_| self.may_retry(run, ended, now))?;
        let mut active = self.going.remove(place);
        let ActiveState::Running { started, .. } = active.state else { return None };
        let (slot, attempt) = (active.slot, active.attempt());
        let failed = Attempt { started, ended: now.boot, outcome: ended.clone().into() };
        *serial += 1;
        active.failed.push(failed.clone());
        (active.serial, active.turn, active.state) = (*serial, due, ActiveState::BackingOff);
        self.going.push(active);
        output.running -= 1;
        let (id, task) = (RunId { row: self.id, serial: run }, Arc::clone(&self.task));
        Some(Retrying { id, task, slot, attempt, failed, due })
    }

    /// Whether a run that ended so is tried again if the next attempt comes in time.
    pub(super) fn may_retry(&self, run: u64, ended: &Ended, now: Now) -> bool {
        let spec = self.task.spec();
        let (Some(retry), Some(active)) = (spec.retry, self.going.iter().find(|active| active.serial == run))
        else {
            return false;
        };
        let is_worth_it = match ended {
            Ended::Failed(_) | Ended::Panicked(_) => true,
            // Blocking work goes on behind its timeout.
            Ended::TimedOut => spec.execution != Execution::Blocking,
            Ended::Ok(_) | Ended::Cancelled => false,
        };
        let may_start = matches!(self.phase, Phase::Active | Phase::Done) && !self.paused;
        let goes_on = matches!(active.state, ActiveState::Running { asked_to_end: false, .. });
        let is_left = active.attempt() < retry.attempts.get() && !active.outlived;
        is_worth_it && may_start && goes_on && is_left && active.began() > self.newest_due(now)
    }

    /// When the next attempt is due, if that is before the schedule's next slot.
    fn retry_due(&self, active: &Active, now: Now) -> Option<Instant> {
        let attempt = active.attempt();
        let draw = Spread::draw(self.seed, active.slot.scheduled.as_nanos(), attempt);
        let due = now.boot + self.task.spec().retry?.drawn(attempt, draw);
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
            if matches!(active.state, ActiveState::BackingOff) && active.turn <= now.boot {
                active.state = ActiveState::Waiting;
                output.ready.push(active.turn, self.order, active.serial, self.id);
            }
        }
    }

    /// Ends each wait for a retry: its slot's outcome is that of the last attempt.
    pub(super) fn end_retries(&mut self, now: Now, output: &mut Output) {
        while let Some(place) = self.going.iter().position(Active::awaits_retry) {
            let active = self.going.remove(place);
            match active.state {
                ActiveState::Waiting => output.ready.drop_entry(active.serial),
                ActiveState::HandedOut { .. } => output.running -= 1,
                _ => {}
            }
            self.record_attempts(active.slot, active.failed, now, output);
        }
    }

    /// Whether a run waits for its retry.
    pub(super) fn awaits_retry(&self) -> bool {
        self.going.iter().any(Active::awaits_retry)
    }

    /// When the first retry is due, of those that are not queued yet.
    pub(super) fn next_retry(&self) -> Option<Instant> {
        let backing_off = self.going.iter().filter(|active| matches!(active.state, ActiveState::BackingOff));
        backing_off.map(|active| active.turn).min()
    }

    /// The newest of the slots that were due before now and are yet to be decided.
    fn newest_due(&self, now: Now) -> Option<Instant> {
        let newest = self.grid.clone().and_then(|mut grid| {
            let passed = grid.take(grid.timeline.read(now))?;
            Some(grid.timeline.slot(passed.newest, now).at)
        });
        newest.max(self.extra.map(|(at, _)| at).filter(|at| *at < now.boot))
    }

    /// Whether the schedule's next slot has come, at or after which no attempt starts.
    pub(super) fn is_next_slot_due(&self, now: Now) -> bool {
        self.next_slot_at(now) <= now.boot
    }

    /// The next undecided slot of the schedule, jitter not counted; the end of time where there is none.
    fn next_slot_at(&self, now: Now) -> Instant {
        let grid = self.grid.as_ref().map_or(Instant::MAX, |grid| grid.timeline.slot(grid.next(), now).at);
        self.extra.map_or(grid, |(at, _)| grid.min(at))
    }
}
