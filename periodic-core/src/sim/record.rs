use core::fmt;
use core::time::Duration;

use crate::scheduler::SlotRecord;
use crate::task::{Outcome, TaskName};
use crate::time::Timestamp;

/// The outcome of a slot, or of several equal ones, with the times of the wall clock.
///
/// It comes when the outcome is decided; for a run, at its end. Slots that pass while a task is active or paused share
/// one record, decided when that state ends, as in production.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimRecord {
    /// The record, as a runner would report it. Its instants count from the simulation's start.
    pub slot: SlotRecord,
    /// The start of the run, if there was one.
    pub started: Option<Timestamp>,
    /// The time at which the outcome was decided.
    pub ended: Timestamp,
    pub(super) task: usize,
}

impl SimRecord {
    /// Returns the task's full name.
    pub fn name(&self) -> &TaskName {
        self.slot.name()
    }

    /// Returns the outcome of the slot.
    pub fn outcome(&self) -> &Outcome {
        &self.slot.outcome
    }

    /// Returns the number of slots, at least 1.
    pub fn count(&self) -> u64 {
        self.slot.count
    }

    /// Returns the time of the slot; of several, the oldest.
    pub fn scheduled(&self) -> Timestamp {
        self.slot.first.scheduled
    }

    /// Returns the time from the slot to the start of the run, jitter included.
    pub fn lateness(&self) -> Option<Duration> {
        self.slot.started.map(|started| started - self.slot.first.at)
    }

    /// Returns the time from the run's first attempt to its outcome.
    pub fn elapsed(&self) -> Option<Duration> {
        self.slot.elapsed()
    }

    /// Returns the number of attempts that were started; 0 if the slot did not run. `slot.attempts` has each.
    pub fn attempted(&self) -> usize {
        self.slot.attempted()
    }

    /// Returns the task's number: tasks are counted from zero, in table order, and later ones after them.
    pub fn task(&self) -> usize {
        self.task
    }

    /// Returns the outcome in the form of expectations and reports: `ok`, `failed, 3 attempts`, `skipped: overlap`,
    /// `coalesced into 09:10:00`.
    pub fn label(&self) -> String {
        match self.outcome() {
            Outcome::Skipped(reason) => format!("skipped: {}", reason.label()),
            Outcome::Coalesced(into) => format!("coalesced into {}", Clock(into.scheduled)),
            other if self.attempted() > 1 => format!("{}, {} attempts", other.label(), self.attempted()),
            other => other.label().into(),
        }
    }

    /// Returns the slots in the form of expectations and reports: `09:00:00`, `09:10:00 .. 10:30:00, 9 slots`.
    pub fn slots(&self) -> String {
        let (first, last) = (Clock(self.slot.first.scheduled), Clock(self.slot.last.scheduled));
        match self.count() {
            1 => first.to_string(),
            count => format!("{first} .. {last}, {count} slots"),
        }
    }
}

impl fmt::Display for SimRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}  {}", self.slots(), self.name(), self.label())
    }
}

/// The time of day of a timestamp.
pub(super) struct Clock(pub(super) Timestamp);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let clock = text.split_once('T').map_or("", |(_, clock)| clock);
        f.write_str(clock.trim_end_matches('Z'))
    }
}
