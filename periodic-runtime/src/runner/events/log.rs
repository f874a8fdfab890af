//! The log of the runner through `tracing`: one event for an outcome, at a suitable level.
//!
//! A line that names a task is inside no span: its run's span names the task too, and the caller's span may be another
//! task's.

use std::fmt::{self, Write as _};
use std::sync::OnceLock;
use std::time::Duration;

use periodic_core::TaskTable;
use periodic_core::scheduler::{ClockSetBack, RetryScheduled, SlotRecord};
use periodic_core::settings::SettingChange;
use periodic_core::table::{Note, NoteKind, Warning};
use periodic_core::task::{Interval, Outcome, SkipReason, Slot, TaskName};
use tracing::field::display;
use tracing::level_filters::LevelFilter;
use tracing::{Level, debug, error, event, info, trace_span, warn};

use super::repeats::{Kind, Repeats};
use crate::boxed::chain;

/// The most lines of one kind that are logged when a table is put in force, which may have a million tasks.
const LISTED: usize = 1_000;

/// Logs, once at the start, the tasks that are left out, with the reasons, and the warnings of the table.
pub(in crate::runner) fn table(table: &TaskTable, tasks: usize) {
    let left_out = table.tasks().iter().filter_map(|task| Some((task.name(), task.left_out()?)));
    let more = listed(left_out, |(name, reason)| {
        info!(parent: None, manager = name.manager(), task = name.task(), %reason, "periodic task is left out");
    });
    if more > 0 {
        info!(more, "more periodic tasks are left out");
    }
    warnings(table.warnings());
    if tasks == 0 {
        warn!("there are no periodic tasks; none runs until one is added");
    }
}

/// Logs the first of `all`, and returns the number of the others.
fn listed<T>(mut all: impl Iterator<Item = T>, log: impl FnMut(T)) -> usize {
    all.by_ref().take(LISTED).for_each(log);
    all.count()
}

/// Logs, once at the start, the effects of a zone's clock changes on a task.
pub(in crate::runner) fn notes(notes: &[Note]) {
    let more = listed(notes.iter(), |note| {
        let (manager, task, text) = (note.task.manager(), note.task.task(), &note.text);
        if note.kind == NoteKind::InGap {
            info!(parent: None, manager, task, "{text}");
        } else {
            warn!(parent: None, manager, task, "{text}");
        }
    });
    if more > 0 {
        info!(more, "more periodic tasks have notes about clock changes");
    }
}

/// Logs the warnings of a table.
pub(in crate::runner) fn warnings(warnings: &[Warning]) {
    let more = listed(warnings.iter(), |Warning { task, what, origin, .. }| {
        let origin = origin.as_ref().map(tracing::field::display);
        warn!(parent: None, manager = task.manager(), task = task.task(), origin, "{what}");
    });
    if more > 0 {
        warn!(more, "more periodic tasks have warnings");
    }
}

/// Logs the changes by settings that were put in force.
pub(in crate::runner) fn reloaded(changes: &[SettingChange]) {
    let more = listed(changes.iter(), |SettingChange { task, key, before, after, .. }| {
        let (manager, task) = (task.as_ref().map(TaskName::manager), task.as_ref().map(TaskName::task));
        info!(parent: None, manager, task, key, %before, %after, "a setting changed");
    });
    if more > 0 {
        info!(more, "more settings changed");
    }
    info!(changes = changes.len(), "the settings were read again");
}

/// Logs why settings were not put in force.
pub(in crate::runner) fn not_reloaded(error: &dyn std::error::Error) {
    error!(error = %chain(error), "the new settings are refused; the old ones stay in force");
}

/// Whether `tracing` writes events without a subscriber to `log`.
static LOGS: OnceLock<bool> = OnceLock::new();

/// Finds out whether lines without a subscriber are written: with its feature `log`, `tracing` has the metadata of a
/// disabled span.
pub(in crate::runner) fn find_log() {
    if !tracing::dispatcher::has_been_set() {
        LOGS.get_or_init(|| !trace_span!(parent: None, "periodic").is_none());
    }
}

/// Whether a record may be logged. Most are of successful runs, which are seldom logged.
///
/// Calls no subscriber, so it may be called under a lock.
pub(in crate::runner) fn may_be_said(record: &SlotRecord) -> bool {
    record.outcome != Outcome::Ok || all_may_be_said()
}

/// Whether every record may be logged, also those of successful runs.
pub(in crate::runner) fn all_may_be_said() -> bool {
    Level::DEBUG <= LevelFilter::current()
        || (LOGS.get() != Some(&false) && !tracing::dispatcher::has_been_set())
}

/// A length of time for people, rounded down to 1 µs below 1 ms, and to 1 ms from there.
pub(crate) struct RoundedDuration(pub(crate) Duration);

impl fmt::Display for RoundedDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = i64::try_from(self.0.as_nanos()).unwrap_or(i64::MAX);
        let grain = if nanos < 1_000_000 { 1_000 } else { 1_000_000 };
        Interval::from_nanos(nanos - nanos % grain).fmt(f)
    }
}

/// Logs that an attempt failed, and its slot will be retried.
pub(crate) fn retries(retrying: &RetryScheduled, repeats: &Repeats) {
    let happened = repeats.happens(retrying.task.name(), Kind::Retried, 1, retrying.failed.ended);
    let Some(repeats) = happened.map(not_none) else { return };
    let (name, attempt, failed) = (retrying.task.name(), retrying.attempt, &retrying.failed);
    let (manager, task, outcome) = (name.manager(), name.task(), failed.outcome.label());
    let cause = match &failed.outcome {
        Outcome::Failed(cause) | Outcome::Panicked(cause) => Some(display(cause)),
        _ => None,
    };
    let slot = retrying.slot.scheduled.to_millis();
    let (elapsed, retry_in) =
        (RoundedDuration(failed.ended - failed.started), RoundedDuration(retrying.back_off()));
    warn!(
        parent: None, manager, task, %slot, attempt, %elapsed, outcome, cause, %retry_in, repeats,
        "an attempt failed; it is retried"
    );
}

/// Logs that the wall clock was set back: one line for all tasks.
pub(crate) fn clock_set_back(set_back: &ClockSetBack) {
    let ClockSetBack { tasks, go_on, .. } = set_back;
    let (by, clock) = (RoundedDuration(set_back.by), set_back.wall.to_millis());
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
        warn!(
            parent: None, %by, times, %clock, tasks, go_on = text,
            "the wall clock was set back by more than three hours; its schedules start anew"
        );
    } else {
        warn!(
            parent: None, %by, times, %clock, tasks, go_on = text,
            "the wall clock was set back; decided slots are not repeated"
        );
    }
}

/// Logs the outcome of a slot, or of several; if the same was logged for the task just now, it is only counted.
pub(crate) fn outcome(record: &SlotRecord, repeats: &Repeats) {
    let happened = match Kind::of(&record.outcome) {
        Some(kind) => repeats.happens(record.name(), kind, record.count, record.decided),
        None => Some(0),
    };
    let Some(repeats) = happened.map(not_none) else { return };
    match (&record.outcome, record.elapsed()) {
        (Outcome::Coalesced(into), _) => coalesced(record, *into, repeats),
        (Outcome::Skipped(reason), _) => skipped(record, *reason, repeats),
        (_, elapsed) => ended(record, elapsed.unwrap_or_default(), repeats),
    }
}

/// Returns `None` for zero, so that a line without repeats does not mention them.
fn not_none(repeats: u64) -> Option<u64> {
    (repeats > 0).then_some(repeats)
}

/// Logs, at the end, the events counted since the last line of each kind.
pub(in crate::runner) fn unsaid(repeats: &Repeats) {
    for (task, kind, repeats) in repeats.take_unsaid() {
        let (manager, task) = (task.as_ref().map(TaskName::manager), task.as_ref().map(TaskName::task));
        let outcome = kind.label();
        warn!(parent: None, manager, task, outcome, repeats, "the same event came again since its last line");
    }
}

fn ended(record: &SlotRecord, elapsed: Duration, repeats: Option<u64>) {
    let (manager, task) = (record.name().manager(), record.name().task());
    let (slot, elapsed) = (record.first.scheduled.to_millis(), RoundedDuration(elapsed));
    let outcome = record.outcome.label();
    // Logged only for several attempts.
    let attempts = (record.attempted() > 1).then_some(record.attempted());
    match &record.outcome {
        Outcome::Ok => {
            debug!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, "periodic task ended");
        }
        Outcome::Failed(cause) => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, %cause, repeats, "periodic task failed");
        }
        Outcome::Panicked(cause) => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, %cause, repeats, "periodic task panicked");
        }
        Outcome::TimedOut => {
            error!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, repeats, "periodic task passed its timeout");
        }
        _ => {
            warn!(parent: None, manager, task, %slot, %elapsed, outcome, attempts, repeats, "periodic task was cancelled");
        }
    }
}

fn coalesced(record: &SlotRecord, into: Slot, repeats: Option<u64>) {
    let (manager, task, count) = (record.name().manager(), record.name().task(), record.count);
    let (first, last) = (record.first.scheduled.to_millis(), record.last.scheduled.to_millis());
    let (into, outcome) = (into.scheduled.to_millis(), record.outcome.label());
    warn!(
        parent: None, manager, task, %first, %last, count, %into, outcome, repeats,
        "missed slots were coalesced into a newer one"
    );
}

fn skipped(record: &SlotRecord, reason: SkipReason, repeats: Option<u64>) {
    let (manager, task, count) = (record.name().manager(), record.name().task(), record.count);
    let (first, last) = (record.first.scheduled.to_millis(), record.last.scheduled.to_millis());
    let (outcome, label) = (record.outcome.label(), reason.label());
    macro_rules! say {
        ($level:expr) => {
            if count == 1 {
                event!(parent: None, $level, manager, task, slot = %first, outcome, reason = label, repeats, "a slot was skipped");
            } else {
                event!(
                    parent: None, $level, manager, task, %first, %last, count, outcome, reason = label, repeats,
                    "slots were skipped"
                );
            }
        };
    }
    match reason {
        SkipReason::Overlap | SkipReason::Missed => say!(Level::WARN),
        SkipReason::Paused => say!(Level::INFO),
        _ => say!(Level::DEBUG),
    }
}
