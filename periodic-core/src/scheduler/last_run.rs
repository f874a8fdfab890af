use std::sync::Arc;

use super::SlotRecord;
use super::records::WellRun;
use crate::table::Task;
use crate::task::Outcome;

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
