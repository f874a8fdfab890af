use core::fmt;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

use super::{Cancellation, Task, TaskName};
use crate::schedule::{Slot, SlotKind};
use crate::spec::TaskSpec;
use crate::time::{Instant, Timestamp};

/// The time that a run must cover so that nothing is left out.
///
/// It reaches from the slot of the task's last run that ended `Ok`, in the order of runs, up to this run's slot. A run
/// that fails leaves its time to the next one.
///
/// It never ends before it starts. If the wall clock was set back in between, the window is as long as the time that
/// really passed. This does not hold for a clock that was set by less than 10 ms, or is slewed. A slot that comes after
/// a newer one has an empty window.
///
/// # Examples
/// ```
/// use periodic_core::task::Window;
/// use periodic_core::time::Timestamp;
///
/// /// The query of a task that sweeps deleted rows: the first run of a process looks back an hour.
/// fn query(window: Window) -> String {
///     let start = window.start.unwrap_or(Timestamp::from_secs(window.end.as_nanos() / 1_000_000_000 - 3_600));
///     format!("deleted_at >= '{start}' AND deleted_at < '{}'", window.end)
/// }
///
/// let window = Window { start: None, end: Timestamp::from_secs(1_767_225_600) };
/// assert_eq!(query(window), "deleted_at >= '2025-12-31T23:00:00Z' AND deleted_at < '2026-01-01T00:00:00Z'");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive, because tests make it.
pub struct Window {
    /// The slot of the last run that ended `Ok` in this process. If the wall clock was set back since then, it is `end`
    /// less the time that really passed. `None` before the first such run.
    pub start: Option<Timestamp>,
    /// This run's slot.
    pub end: Timestamp,
}

/// The context of one run. A task method takes it as `&Run`.
///
/// # Examples
/// ```
/// use periodic_core::task::Run;
///
/// async fn sweep(run: &Run) {
///     for (done, chunk) in ["a", "b"].iter().enumerate() {
///         if run.is_cancelled() {
///             return;
///         }
///         run.progress(format!("{done} of 2: {chunk}"));
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Run {
    pub(crate) task: Arc<Task>,
    pub(crate) slot: Slot,
    /// The lateness, in nanoseconds.
    pub(crate) lateness: u64,
    pub(crate) attempt: u32,
    pub(crate) window: Window,
    pub(crate) cancellation: Cancellation,
}

impl Run {
    /// Creates a placeholder for a run.
    pub(crate) fn of_no_task() -> Self {
        let (at, scheduled) = (Instant::ZERO, Timestamp::default());
        Self {
            task: Arc::new(Task::new(TaskName::of_no_task(), TaskSpec::new(""))),
            slot: Slot { kind: SlotKind::Scheduled, at, scheduled },
            lateness: 0,
            attempt: 1,
            window: Window { start: None, end: scheduled },
            cancellation: Cancellation::new(),
        }
    }

    /// Returns the task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// Returns the task in the state in which this run was handed out.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// Returns the slot of this run.
    pub fn slot(&self) -> Slot {
        self.slot
    }

    /// Returns the wall time for which the run was scheduled; not that of its start.
    pub fn scheduled_at(&self) -> SystemTime {
        self.slot.scheduled.into()
    }

    /// Returns the time from the slot to the start of this attempt, jitter included.
    pub fn lateness(&self) -> Duration {
        Duration::from_nanos(self.lateness)
    }

    /// Returns the number of this attempt at the slot, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the time that this run must cover.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Returns the token that asks this run to end.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }

    /// Whether this run was asked to end.
    pub fn is_cancelled(&self) -> bool {
        self.cancellation.is_cancelled()
    }

    /// Waits until this run is asked to end.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn cancelled(&self) {
        self.cancellation.cancelled().await;
    }

    /// Sets the note of the run's progress. `status` shows it, cut after 8 KiB.
    pub fn progress(&self, note: impl Into<Arc<str>>) {
        let note = note.into();
        let is_long = note.len() > periodic_text::LONGEST_TEXT;
        self.cancellation.set_note(if is_long {
            periodic_text::bounded(periodic_text::LONGEST_TEXT, format_args!("{note}")).into()
        } else {
            note
        });
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, slot, attempt, window, cancellation, .. } = self;
        let mut run = f.debug_struct("Run");
        run.field("name", task.name()).field("slot", slot).field("lateness", &self.lateness());
        run.field("attempt", attempt).field("window", window).field("cancellation", cancellation).finish()
    }
}
