use core::fmt;
use core::time::Duration;

use crate::scheduler::SlotRecord;
use crate::task::{Outcome, TaskName};
use crate::time::Timestamp;

/// What became of a slot, or of several equal ones, with the wall clock's times.
///
/// It comes when the outcome is decided: of a run, when that ends. Slots that pass while a task is going or paused
/// are one record, decided when that ends, as in production.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimRecord {
    /// The record, as a runner would tell it. Its instants count from the simulation's start.
    pub slot: SlotRecord,
    /// When the run started, if there was one.
    pub started: Option<Timestamp>,
    /// When the outcome was decided.
    pub ended: Timestamp,
    pub(super) task: usize,
}

impl SimRecord {
    /// The task's full name.
    pub fn name(&self) -> &TaskName {
        self.slot.name()
    }

    /// How the slot ended.
    pub fn outcome(&self) -> &Outcome {
        &self.slot.outcome
    }

    /// How many slots, at least one.
    pub fn count(&self) -> u64 {
        self.slot.count
    }

    /// When the slot lies; of several, the oldest.
    pub fn scheduled(&self) -> Timestamp {
        self.slot.first.scheduled
    }

    /// How long after its slot the run started, jitter included.
    pub fn lateness(&self) -> Option<Duration> {
        self.slot.started.map(|started| started - self.slot.first.at)
    }

    /// How long the run took.
    pub fn elapsed(&self) -> Option<Duration> {
        self.slot.elapsed()
    }

    /// The task's number: tasks are counted from zero, in table order, those that were added later after them.
    pub fn task(&self) -> usize {
        self.task
    }

    /// The outcome as expectations and reports write it: `ok`, `skipped: overlap`, `coalesced into 09:10:00`.
    pub fn label(&self) -> String {
        match self.outcome() {
            Outcome::Skipped(reason) => format!("skipped: {}", reason.label()),
            Outcome::Coalesced(into) => format!("coalesced into {}", Clock(into.scheduled)),
            other => other.label().into(),
        }
    }

    /// The slots as expectations and reports write them: `09:00:00`, `09:10:00 .. 10:30:00, 9 slots`.
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
