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
/// It never ends before it starts. Where the wall clock was set back in between, it is as long as it really was; one that
/// was set by less than 10 ms, or is slewed, is not. A slot that comes after a newer one has an empty window.
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
pub struct Window {
    /// The slot of the last run that ended `Ok` in this process, or the time that was as long before `end`; `None` before
    /// the first such run.
    pub start: Option<Timestamp>,
    /// This run's slot.
    pub end: Timestamp,
}

/// What a run knows about itself. A task method takes it as `&Run`.
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
    /// In nanoseconds.
    pub(crate) lateness: u64,
    pub(crate) attempt: u32,
    pub(crate) window: Window,
    pub(crate) cancellation: Cancellation,
}

impl Run {
    /// In the place of a run while there is none.
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

    /// The task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// The task, as it was in force when this run was handed out.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The slot that this run is for.
    pub fn slot(&self) -> Slot {
        self.slot
    }

    /// The wall time for which the run was scheduled; not that at which it started.
    pub fn scheduled_at(&self) -> SystemTime {
        self.slot.scheduled.into()
    }

    /// How long after its slot this attempt started, jitter included.
    pub fn lateness(&self) -> Duration {
        Duration::from_nanos(self.lateness)
    }

    /// Which attempt at the slot this is, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The time that this run must cover.
    pub fn window(&self) -> Window {
        self.window
    }

    /// The token that asks this run to end.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }

    /// Whether this run is asked to end.
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

    /// Says how far the run is; the note shows up in `status`, cut after 8 KiB.
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
