use std::sync::Arc;

use super::SlotRecord;
use super::records::WellRun;
use crate::table::Task;
use crate::task::Outcome;
use crate::time::Timestamp;

/// The last run of a task that ended, kept small where there is little to tell of it.
#[derive(Clone, Debug, Default)]
pub(super) enum LastRun {
    #[default]
    None,
    Well(WellRun),
    Otherwise(Box<SlotRecord>),
}

impl LastRun {
    pub(super) fn of(record: &SlotRecord) -> Self {
        match (&record.outcome, record.started) {
            (Outcome::Ok, Some(started)) if record.attempts.is_empty() => {
                Self::Well(WellRun { slot: record.first, started, decided: record.decided })
            }
            _ => Self::Otherwise(Box::new(record.clone())),
        }
    }

    /// The record of it.
    pub(super) fn record(&self, task: &Arc<Task>) -> Option<SlotRecord> {
        match self {
            Self::None => None,
            Self::Well(run) => Some(run.record(task)),
            Self::Otherwise(record) => Some(SlotRecord::clone(record)),
        }
    }
}

/// The newest slot whose run ended well, on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LastOk(Timestamp);

impl LastOk {
    const NONE: Self = Self(Timestamp::from_nanos(i64::MIN));

    #[inline]
    pub(super) fn slot(self) -> Option<Timestamp> {
        (self != Self::NONE).then_some(self.0)
    }

    #[inline]
    pub(super) fn note(&mut self, slot: Timestamp) {
        self.0 = self.0.max(slot);
    }
}

impl Default for LastOk {
    fn default() -> Self {
        Self::NONE
    }
}
