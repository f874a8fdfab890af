//! What the runner says through `tracing`: one event for an outcome, at a level that fits it.

use periodic_core::TaskTable;
use periodic_core::scheduler::{SlotRecord, Start};
use periodic_core::task::{Outcome, SkipReason};
use tracing::{Level, Span, debug, error, event, info, info_span, warn};

/// Said once, at start: which tasks are left out and why, and what is odd in the table.
pub(super) fn table(table: &TaskTable) {
    for task in table.tasks() {
        if let Some(reason) = task.left_out() {
            let name = task.name();
            info!(manager = name.manager(), task = name.task(), %reason, "periodic task is left out");
        }
    }
    for warning in table.warnings() {
        warn!(manager = warning.task.manager(), task = warning.task.task(), "{}", warning.what);
    }
    if table.tasks().is_empty() {
        warn!("the manager has no periodic tasks; nothing runs unless some are added");
    }
}

/// The span of one attempt at a slot.
pub(super) fn span(start: &Start, attempt: u32) -> Span {
    let name = start.task.name();
    info_span!(
        "run",
        manager = name.manager(),
        task = name.task(),
        slot = %start.slot.scheduled,
        attempt,
        lateness = ?start.lateness,
    )
}

/// What became of a slot, or of several.
pub(super) fn outcome(record: &SlotRecord) {
    let (manager, task) = (record.name().manager(), record.name().task());
    let (slot, count) = (record.first.scheduled, record.count);
    let elapsed = record.started.map(|started| record.decided - started);
    let outcome = record.outcome.label();
    match &record.outcome {
        Outcome::Ok => debug!(manager, task, %slot, ?elapsed, outcome, "periodic task ended"),
        Outcome::Failed(cause) => {
            error!(manager, task, %slot, ?elapsed, outcome, %cause, "periodic task failed");
        }
        Outcome::Panicked(cause) => {
            error!(manager, task, %slot, ?elapsed, outcome, %cause, "periodic task panicked");
        }
        Outcome::TimedOut => {
            error!(manager, task, %slot, ?elapsed, outcome, "periodic task passed its timeout");
        }
        Outcome::Cancelled => warn!(manager, task, %slot, ?elapsed, outcome, "periodic task was cancelled"),
        Outcome::Coalesced(into) => {
            let (last, into) = (record.last.scheduled, into.scheduled);
            warn!(manager, task, %slot, %last, count, %into, outcome, "slots passed unpolled; a newer one runs for them");
        }
        Outcome::Skipped(reason) => skipped(record, *reason),
        _ => warn!(manager, task, %slot, outcome, "periodic task ended"),
    }
}

fn skipped(record: &SlotRecord, reason: SkipReason) {
    let (manager, task) = (record.name().manager(), record.name().task());
    let (slot, last, count) = (record.first.scheduled, record.last.scheduled, record.count);
    let (outcome, reason_label) = (record.outcome.label(), reason.label());
    macro_rules! say {
        ($level:expr) => {
            event!($level, manager, task, %slot, %last, count, outcome, reason = reason_label, "slots were skipped")
        };
    }
    match reason {
        SkipReason::Overlap | SkipReason::Missed => say!(Level::WARN),
        SkipReason::Paused | SkipReason::Stopping => say!(Level::INFO),
        _ => say!(Level::DEBUG),
    }
}
