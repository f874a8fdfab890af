use std::sync::Arc;

use super::{Attempts, SlotRecord};
use crate::table::Task;
use crate::task::{Outcome, Slot};
use crate::time::Instant;

/// The last run of a task that ended, kept small where there is little to tell of it.
#[derive(Clone, Debug, Default)]
pub(super) enum LastRun {
    #[default]
    None,
    /// It ended well, at its first attempt.
    Ok {
        slot: Slot,
        started: Instant,
        decided: Instant,
    },
    Otherwise(Box<SlotRecord>),
}

impl LastRun {
    pub(super) fn of(record: &SlotRecord) -> Self {
        match (&record.outcome, record.started) {
            (Outcome::Ok, Some(started)) if record.attempts.is_empty() => {
                Self::Ok { slot: record.first, started, decided: record.decided }
            }
            _ => Self::Otherwise(Box::new(record.clone())),
        }
    }

    /// The record of it.
    pub(super) fn record(&self, task: &Arc<Task>) -> Option<SlotRecord> {
        match self {
            Self::None => None,
            Self::Ok { slot, started, decided } => Some(SlotRecord {
                task: Arc::clone(task),
                first: *slot,
                last: *slot,
                count: 1,
                outcome: Outcome::Ok,
                started: Some(*started),
                attempts: Attempts::default(),
                decided: *decided,
            }),
            Self::Otherwise(record) => Some(SlotRecord::clone(record)),
        }
    }
}
