use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use periodic_text::{quoted, seconds, time_of_day};

use crate::schedule::Slot;
use crate::scheduler::ids::RunId;
use crate::scheduler::ledger::Attempt;
use crate::task::{Outcome, Task};
use crate::time::Instant;

/// The effect of a reported end.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Finished {
    /// No effect: the run is unknown, because its end was reported before.
    Unknown,
    /// The slot has its outcome, and its record can be taken.
    Decided,
    /// The attempt failed, and the slot will be retried.
    Retries(Box<RetryScheduled>),
}

impl Finished {
    /// Whether the run was known.
    pub fn is_known(&self) -> bool {
        *self != Self::Unknown
    }
}

/// A failed attempt whose slot will be retried.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryScheduled {
    /// The run whose attempt failed.
    pub id: RunId,
    /// The task.
    pub task: Arc<Task>,
    /// The slot.
    pub slot: Slot,
    /// The number of the failed attempt, from 1.
    pub attempt: u32,
    /// The failed attempt.
    pub failed: Attempt,
    /// When the next attempt is due.
    pub due: Instant,
}

impl RetryScheduled {
    /// Returns the time from the failed attempt to the next one.
    pub fn back_off(&self) -> Duration {
        self.due - self.failed.ended
    }
}

impl fmt::Display for RetryScheduled {
    /// Writes one line: the task, its slot, the outcome of the attempt, and the time until the next one.
    ///
    /// The slot is its time of day in UTC. The reason of a failure is cut after 255 bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, slot, attempt, failed, .. } = self;
        let (slot, elapsed) = (time_of_day(slot.scheduled.as_nanos()), failed.ended - failed.started);
        write!(f, "{} {slot} {} after {} ", task.name(), failed.outcome.label(), seconds(elapsed))?;
        write!(f, "(attempt {attempt}, next in {})", seconds(self.back_off()))?;
        match &failed.outcome {
            Outcome::Failed(cause) | Outcome::Panicked(cause) => write!(f, ": {}", quoted(cause.as_str())),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::{Scheduler, SchedulerOptions};
    use crate::spec::{RetrySpec, TaskSpec};
    use crate::task::{Ended, TaskError, TaskName};
    use crate::time::{Now, Timestamp};

    #[test]
    fn a_failed_attempt_is_one_line() {
        let at = |secs| Now { boot: Instant::from_secs(secs), wall: Timestamp::from_secs(secs) };
        let spec = TaskSpec::new("poll").retry(RetrySpec::new(3.try_into().unwrap()));
        let task = Task::new(TaskName::new("Manager", "poll").unwrap(), spec);
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        scheduler.add(task, at(0)).unwrap();
        let _ = scheduler.poll(at(60));
        let start = scheduler.start_next(at(60)).unwrap();
        let failed = Ended::Failed(TaskError::new("no\nroute"));
        let Finished::Retries(retry) = scheduler.finished(start.id, failed, at(62)) else { panic!() };
        assert_eq!(
            retry.to_string(),
            r"Manager.poll 00:01:00.000Z failed after 2s (attempt 1, next in 1s): no\nroute"
        );
    }
}
