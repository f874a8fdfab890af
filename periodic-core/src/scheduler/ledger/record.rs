use core::fmt;
use core::ops::Deref;
use core::time::Duration;
use std::sync::Arc;

use crate::schedule::Slot;
use crate::task::{Outcome, Task, TaskName};
use crate::time::Instant;

/// The outcome of a slot, or of several in a row that all ended the same way without running.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::{SchedulerOptions, Scheduler};
/// use periodic_core::task::{Ended, Next, Outcome, Task, TaskName, TaskSpec};
/// use periodic_core::time::{Instant, Now, Timestamp};
///
/// let at = |secs| Now { boot: Instant::from_secs(secs), wall: Timestamp::from_secs(1_767_225_600 + secs) };
/// let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
/// scheduler.add(Task::new(TaskName::new("Manager", "poll")?, TaskSpec::new("poll")), at(0))?;
///
/// scheduler.poll(at(61));
/// let start = scheduler.start_next(at(61)).unwrap();
/// scheduler.finished(start.id, Ended::Ok(Next::OnSchedule), at(64));
///
/// let record = scheduler.take_record().unwrap();
/// assert_eq!(record.outcome, Outcome::Ok);
/// assert_eq!(record.lateness().unwrap().as_secs(), 1);
/// assert_eq!(record.elapsed().unwrap().as_secs(), 3);
/// assert_eq!(record.to_string(), "Manager.poll 00:01:00.000Z ok after 3s (1s late)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SlotRecord {
    /// The task at the time when the slot was decided.
    pub task: Arc<Task>,
    /// The slot; the oldest of several.
    pub first: Slot,
    /// The slot; the newest of several.
    pub last: Slot,
    /// The number of slots, at least one.
    pub count: u64,
    /// The outcome; after several attempts, that of the last.
    pub outcome: Outcome,
    /// When the first attempt of the run started; `None` without a run.
    pub started: Option<Instant>,
    /// All attempts in order, if a retry ran or was planned; otherwise empty, because the other fields describe the
    /// only attempt.
    pub attempts: Attempts,
    /// When the outcome was decided.
    pub decided: Instant,
}

impl SlotRecord {
    /// Returns the task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// Returns the time from the run's first attempt to its outcome, back-offs included; `None` without a run.
    pub fn elapsed(&self) -> Option<Duration> {
        self.started.map(|started| self.decided - started)
    }

    /// Returns the time from the slot to the start of its run, jitter included; `None` without a run.
    pub fn lateness(&self) -> Option<Duration> {
        self.started.map(|started| started - self.first.at)
    }

    /// Returns the number of attempts that started; 0 for a slot that did not run.
    pub fn attempted(&self) -> usize {
        self.attempts.len().max(usize::from(self.started.is_some()))
    }
}

/// A successful run with one attempt: its record follows from these fields and its task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WellRun {
    pub(crate) slot: Slot,
    pub(crate) started: Instant,
    pub(crate) decided: Instant,
}

impl WellRun {
    pub(crate) fn record(self, task: &Arc<Task>) -> SlotRecord {
        SlotRecord {
            task: Arc::clone(task),
            first: self.slot,
            last: self.slot,
            count: 1,
            outcome: Outcome::Ok,
            started: Some(self.started),
            attempts: Attempts::default(),
            decided: self.decided,
        }
    }
}

/// One attempt at a slot with a retry, run or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When it started.
    pub started: Instant,
    /// When it ended.
    pub ended: Instant,
    /// How it ended.
    pub outcome: Outcome,
}

/// The attempts at a slot, as a slice.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::Attempts;
///
/// assert!(Attempts::default().is_empty());
/// ```
// A pointer, because most slots have no attempts here; shared, because records are cloned.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attempts(Option<Arc<Vec<Attempt>>>);

impl Deref for Attempts {
    type Target = [Attempt];

    fn deref(&self) -> &[Attempt] {
        self.0.as_ref().map_or(&[], |attempts| attempts)
    }
}

impl From<Vec<Attempt>> for Attempts {
    fn from(attempts: Vec<Attempt>) -> Self {
        Self((!attempts.is_empty()).then(|| Arc::new(attempts)))
    }
}

impl fmt::Debug for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
