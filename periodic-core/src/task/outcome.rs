use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use crate::schedule::Slot;

/// The end of a slot. Every slot of every task ends in exactly one of these.
///
/// # Examples
/// ```
/// use periodic_core::task::{Outcome, SkipReason, TaskError};
///
/// assert_eq!(Outcome::Failed(TaskError::new("no route to host")).label(), "failed");
/// assert_eq!(Outcome::Skipped(SkipReason::Overlap).label(), "skipped");
/// assert_eq!(SkipReason::Overlap.label(), "overlap");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The run returned without an error.
    Ok,
    /// The run returned an error, or its context could not be created.
    Failed(TaskError),
    /// The run panicked, with the panic's message.
    Panicked(TaskError),
    /// The run took longer than the task's `timeout`.
    TimedOut,
    /// The run was cancelled: by `overlap = replace`, or at the end of the grace time of a stop.
    Cancelled,
    /// The slot passed unpolled, and a newer one ran in its place.
    Coalesced(Slot),
    /// The slot did not run.
    Skipped(SkipReason),
}

impl Outcome {
    /// Returns a word for logs and metrics: `ok`, `failed`, `skipped`, and so on.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed(_) => "failed",
            Self::Panicked(_) => "panicked",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Coalesced(_) => "coalesced",
            Self::Skipped(_) => "skipped",
        }
    }
}

/// The reason why a slot did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// A run of the same task was still active, or waiting to start.
    Overlap,
    /// The slot passed while the task was idle and the scheduler was not polled.
    Missed,
    /// The task was paused.
    Paused,
    /// The service, or this task, was being stopped.
    Stopping,
    /// The task had ended for good: by `max_runs`, or by [`Next::Never`].
    Done,
}

impl SkipReason {
    /// All reasons, in the order in which counters list them.
    pub const ALL: [Self; 5] = [Self::Overlap, Self::Missed, Self::Paused, Self::Stopping, Self::Done];

    /// Returns a word for logs and metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overlap => "overlap",
            Self::Missed => "missed",
            Self::Paused => "paused",
            Self::Stopping => "stopping",
            Self::Done => "done",
        }
    }
}

/// The request of a run for its next slot.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::task::Next;
///
/// /// Takes ten jobs a run, and asks for the next run soon if more are left.
/// fn drain(jobs: &mut Vec<u32>) -> Next {
///     jobs.truncate(jobs.len().saturating_sub(10));
///     if jobs.is_empty() { Next::OnSchedule } else { Next::After(Duration::from_secs(1)) }
/// }
///
/// assert_eq!(drain(&mut vec![0; 15]), Next::After(Duration::from_secs(1)));
/// assert_eq!(drain(&mut vec![0; 5]), Next::OnSchedule);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[must_use = "a task's wish takes effect only when the task returns it"]
// Exhaustive, because tasks make it, and drivers match every wish.
pub enum Next {
    /// No request: the next slot of the schedule.
    #[default]
    OnSchedule,
    /// An extra slot at this delay after the run's end, if it lies before the next slot of the schedule. It comes at
    /// least 1 ms after the run's start, so that zero means at once but never a busy loop. Of several requests the
    /// earliest holds.
    After(Duration),
    /// No further slot in this process.
    Never,
}

/// The reason for a failed run, as text: the error's message, with its causes if its `Display` prints them.
///
/// The text is formatted with `{:#}`, with which `anyhow` and `eyre` list the causes. It is cut after 8 KiB, and its
/// end then states the bytes left out: histories keep it, and logs print it. Clones share the text.
///
/// # Examples
/// ```
/// use periodic_core::task::TaskError;
///
/// let error = TaskError::new("x".repeat(50_000_000));
/// assert!(error.as_str().ends_with("xxx… (49991808 bytes more)") && error.as_str().len() < 8_300);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct TaskError(Arc<str>);

impl TaskError {
    /// Creates an error with the text of `cause`.
    pub fn new(cause: impl fmt::Display) -> Self {
        Self::of(format_args!("{cause:#}"))
    }

    /// Creates an error from a panic's payload, which is a text unless `panic_any` was used.
    pub fn from_panic(payload: &(dyn core::any::Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<&'static str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("the panic's payload is not a text");
        Self::of(format_args!("{text}"))
    }

    fn of(text: fmt::Arguments<'_>) -> Self {
        Self(periodic_text::bounded(periodic_text::LONGEST_TEXT, text).into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl core::error::Error for TaskError {}

/// The end of one run, as a runner reports it to the scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the scheduler counts a run as going until its end is reported"]
// Exhaustive, because drivers make it, and match every end.
pub enum Ended {
    /// The run returned without an error.
    Ok(Next),
    /// The run returned an error, or its context could not be created.
    Failed(TaskError),
    /// The run panicked.
    Panicked(TaskError),
    /// The run was ended at its timeout.
    TimedOut,
    /// The run was cancelled.
    Cancelled,
}

impl Ended {
    /// Returns the word of the [`Outcome`] that it becomes.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Ok(_) => Outcome::Ok.label(),
            Self::Failed(_) => "failed",
            Self::Panicked(_) => "panicked",
            Self::TimedOut => Outcome::TimedOut.label(),
            Self::Cancelled => Outcome::Cancelled.label(),
        }
    }

    /// Returns the run's request for its next slot.
    pub const fn next(&self) -> Next {
        match self {
            Self::Ok(next) => *next,
            _ => Next::OnSchedule,
        }
    }
}

impl From<Ended> for Outcome {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Ok(_) => Self::Ok,
            Ended::Failed(error) => Self::Failed(error),
            Ended::Panicked(error) => Self::Panicked(error),
            Ended::TimedOut => Self::TimedOut,
            Ended::Cancelled => Self::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row holds the text of a failed run twice; the history and events hold it too.
    #[test]
    fn clones_of_an_error_share_its_text() {
        let error = TaskError::new("no luck");
        assert_eq!(error.as_str().as_ptr(), error.clone().as_str().as_ptr());
    }
}
