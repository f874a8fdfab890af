//! What the runner says through `tracing`: one event for an outcome, at a level that fits it.

use std::fmt::{self, Write as _};
use std::sync::OnceLock;
use std::time::Duration;

use periodic_core::TaskTable;
use periodic_core::scheduler::{ClockSetBack, Retrying, SlotRecord, Start};
use periodic_core::settings::Change;
use periodic_core::table::{Note, NoteKind, Warning};
use periodic_core::task::{Ended, Interval, Outcome, SkipReason, Slot, TaskName};
use tracing::field::{Empty, display};
use tracing::level_filters::LevelFilter;
use tracing::{Level, Span, debug, error, event, info, info_span, warn};

use crate::caught::{catch_panic, catch_subscriber};

/// Said once, at start: which tasks are left out and why, and what is odd in the table.
pub(super) fn table(table: &TaskTable, tasks: usize) {
    for task in table.tasks() {
        if let Some(reason) = task.left_out() {
            let name = task.name();
            info!(manager = name.manager(), task = name.task(), %reason, "periodic task is left out");
        }
    }
    warnings(table.warnings());
    if tasks == 0 {
        warn!("there are no periodic tasks; nothing runs unless some are added");
    }
}

/// Said once, at start: what the clocks of its zone do to a task.
pub(super) fn notes(notes: &[Note]) {
    for note in notes {
        let (manager, task, text) = (note.task.manager(), note.task.task(), &note.text);
        if note.kind == NoteKind::InGap {
            info!(manager, task, "{text}");
        } else {
            warn!(manager, task, "{text}");
        }
    }
}

/// What is odd in a table.
pub(super) fn warnings(warnings: &[Warning]) {
    for Warning { task, what, origin } in warnings {
        let origin = origin.as_ref().map(tracing::field::display);
        warn!(manager = task.manager(), task = task.task(), origin, "{what}");
    }
}

/// What settings that were put in force changed.
pub(super) fn reloaded(changes: &[Change]) {
    for Change { task, key, before, after } in changes {
        let (manager, task) = (task.as_ref().map(TaskName::manager), task.as_ref().map(TaskName::task));
        info!(manager, task, key, %before, %after, "a setting changed");
    }
    info!(changes = changes.len(), "the settings were read again");
}

/// Why settings were not put in force.
pub(super) fn not_reloaded(error: &dyn std::error::Error) {
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        source = cause.source();
    }
    error!(error = %causes, "the new settings are refused; the old ones stay in force");
}

/// The span of one attempt at a slot: a root, because the run is no part of whatever polls the runner. None where a
/// subscriber panics.
pub(crate) fn span(start: &Start) -> Span {
    let (name, slot) = (start.task.name(), start.slot.scheduled);
    // How late it is, is known when it begins, and how it ended, when it has.
    let span = catch_panic(|| {
        info_span!(
            parent: None,
            "run",
            manager = name.manager(),
            task = name.task(),
            slot = %slot.to_millis(),
            attempt = start.attempt,
            lateness = Empty,
            outcome = Empty,
            cause = Empty
        )
    });
    let span = span.unwrap_or_else(|_| Span::none());
    if span.is_disabled() {
        // With its feature `log`, `tracing` knows even of a span that is disabled what to say.
        LOGS.get_or_init(|| !span.is_none());
    }
    span
}

/// Notes in a run's span that it began.
pub(crate) fn begun(span: &Span, lateness: Duration) {
    if !span.is_none() {
        catch_subscriber(|| _ = span.record("lateness", display(Brief(lateness))));
    }
}

/// Notes in a run's span how it ended, and ends the span with it.
pub(crate) fn ended_run(span: Span, ended: &Ended) {
    if span.is_none() {
        return;
    }
    catch_subscriber(|| {
        span.record("outcome", ended.label());
        if let Ended::Failed(cause) | Ended::Panicked(cause) = ended {
            span.record("cause", display(cause));
        }
        drop(span);
    });
}

/// Whether `tracing` says through `log` what it has no subscriber for; unknown until a run was disabled.
static LOGS: OnceLock<bool> = OnceLock::new();

/// Whether a record may be said. Most are of runs that ended well, which few want to hear of.
///
/// Asks no subscriber, so it may be called where something is locked.
pub(super) fn may_be_said(record: &SlotRecord) -> bool {
    record.outcome != Outcome::Ok || all_may_be_said()
}

/// Whether every record may be said, also those of runs that ended well.
pub(super) fn all_may_be_said() -> bool {
    Level::DEBUG <= LevelFilter::current()
        || (LOGS.get() != Some(&false) && !tracing::dispatcher::has_been_set())
}

/// A length of time as people read it, no finer than they care for.
pub(crate) struct Brief(pub(crate) Duration);

impl fmt::Display for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = i64::try_from(self.0.as_nanos()).unwrap_or(i64::MAX);
        let grain = if nanos < 1_000_000 { 1_000 } else { 1_000_000 };
        Interval::from_nanos(nanos - nanos % grain).fmt(f)
    }
}

/// An attempt failed, and its slot is tried again.
pub(crate) fn retries(retrying: &Retrying) {
    let (name, attempt, failed) = (retrying.task.name(), retrying.attempt, &retrying.failed);
    let (manager, task, outcome) = (name.manager(), name.task(), failed.outcome.label());
    let cause = match &failed.outcome {
        Outcome::Failed(cause) | Outcome::Panicked(cause) => Some(display(cause)),
        _ => None,
    };
    let slot = retrying.slot.scheduled.to_millis();
    let (elapsed, retry_in) = (Brief(failed.ended - failed.started), Brief(retrying.back_off()));
    warn!(parent: None, manager, task, %slot, attempt, %elapsed, outcome, cause, %retry_in, "an attempt failed; it is retried");
}

/// The wall clock was set back: one line, however many tasks follow it.
pub(crate) fn clock_set_back(set_back: &ClockSetBack) {
    let ClockSetBack { tasks, go_on, .. } = set_back;
    let (by, clock) = (Brief(set_back.by), set_back.wall.to_millis());
    let times = (set_back.times > 1).then_some(set_back.times);
    let mut text = String::new();
    for (task, at) in go_on {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{task} at {}", at.to_millis());
    }
    if *tasks > go_on.len() {
        let _ = write!(text, ", the others before");
    }
    if set_back.is_correction {
        warn!(parent: None, %by, times, %clock, tasks, go_on = text, "the wall clock was set back by more than three hours; the schedules on it begin afresh");
    } else {
        warn!(parent: None, %by, times, %clock, tasks, go_on = text, "the wall clock was set back; slots that were decided are not repeated");
    }
}

/// What became of a slot, or of several. It names the task, so it is inside no span: neither of its run, which names the
/// task too, nor of the caller's, which may be another task's.
pub(crate) fn outcome(record: &SlotRecord) {
    match (&record.outcome, record.elapsed()) {
        (Outcome::Coalesced(into), _) => coalesced(record, *into),
        (Outcome::Skipped(reason), _) => skipped(record, *reason),
        (_, elapsed) => ended(record, elapsed.unwrap_or_default()),
    }
}

fn ended(record: &SlotRecord, elapsed: Duration) {
    let (manager, task) = (record.name().manager(), record.name().task());
    let (slot, elapsed) = (record.first.scheduled.to_millis(), Brief(elapsed));
    let outcome = record.outcome.label();
    // Said only where there were several.
    let attempts = (record.attempted() > 1).then_some(record.attempted());
    match &record.outcome {
        Outcome::Ok => {
            debug!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, "periodic task ended");
        }
        Outcome::Failed(cause) => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, %cause, "periodic task failed");
        }
        Outcome::Panicked(cause) => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, %cause, "periodic task panicked");
        }
        Outcome::TimedOut => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, "periodic task passed its timeout");
        }
        _ => {
            warn!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, "periodic task was cancelled");
        }
    }
}

fn coalesced(record: &SlotRecord, into: Slot) {
    let (manager, task, count) = (record.name().manager(), record.name().task(), record.count);
    let (first, last) = (record.first.scheduled.to_millis(), record.last.scheduled.to_millis());
    let (into, outcome) = (into.scheduled.to_millis(), record.outcome.label());
    warn!(parent: None, manager, task, %first, %last, count, %into, outcome, "slots passed unpolled; a newer one runs for them");
}

fn skipped(record: &SlotRecord, reason: SkipReason) {
    let (manager, task, count) = (record.name().manager(), record.name().task(), record.count);
    let (first, last) = (record.first.scheduled.to_millis(), record.last.scheduled.to_millis());
    let (outcome, label) = (record.outcome.label(), reason.label());
    macro_rules! say {
        ($level:expr) => {
            if count == 1 {
                event!(parent: None, $level, manager, task, slot = %first, outcome, reason = label, "a slot was skipped");
            } else {
                event!(parent: None, $level, manager, task, %first, %last, count, outcome, reason = label, "slots were skipped");
            }
        };
    }
    match reason {
        SkipReason::Overlap | SkipReason::Missed => say!(Level::WARN),
        SkipReason::Paused => say!(Level::INFO),
        _ => say!(Level::DEBUG),
    }
}
