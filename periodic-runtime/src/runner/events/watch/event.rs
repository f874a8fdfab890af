use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{RetryScheduled, SlotRecord, Triggered};
use periodic_core::table::Task;
use periodic_core::task::{Slot, TaskName};

/// An event of a runner.
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), periodic_runtime::Error> {
/// use std::time::Duration;
/// use periodic_runtime::{Runner, watch::Event};
///
/// let runner = Runner::builder(Manager).build()?;
/// let mut watcher = runner.handle().watch();
/// let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(10))).await;
///
/// let mut told = Vec::new();
/// while let Some(event) = watcher.next().await {
///     told.push(match event {
///         Event::RunStarted { task, attempt, .. } => format!("{} started, attempt {attempt}", task.name()),
///         Event::SlotEnded(record) => format!("{} {}", record.name(), record.outcome.label()),
///         other => format!("{other:?}"),
///     });
/// }
/// assert_eq!(told, ["Manager.poll started, attempt 1", "Manager.poll ok", "Stopping", "Stopped"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A run began, or another attempt of it.
    #[non_exhaustive]
    RunStarted {
        /// The task.
        task: Arc<Task>,
        /// The slot of the run.
        slot: Slot,
        /// The number of the attempt at the slot, from 1.
        attempt: u32,
        /// The time since the slot, jitter included.
        lateness: Duration,
    },
    /// An attempt failed, and its slot will be retried. Without a retry, the slot has ended instead.
    AttemptFailed(RetryScheduled),
    /// A slot ended, or several in a row that all ended the same way without running.
    ///
    /// A run that was cancelled before its first line, because its runtime was shut down, ends without having begun.
    SlotEnded(SlotRecord),
    /// A control call succeeded, even if it changed nothing. It follows the ends of the slots that it decided.
    #[non_exhaustive]
    Changed {
        /// The task after the call; if it was removed, the task before.
        task: Arc<Task>,
        /// The change.
        change: ControlChange,
    },
    /// The runner is being stopped: no task starts any more.
    Stopping,
    /// The runner is gone, and the end of every slot was reported. No event follows.
    Stopped,
    /// The watcher was too slow and lost this number of events, the oldest.
    Lagged(u64),
}

impl Event {
    /// Returns the full name of the event's task, if it has one.
    pub fn name(&self) -> Option<&TaskName> {
        match self {
            Self::RunStarted { task, .. } | Self::Changed { task, .. } => Some(task.name()),
            Self::AttemptFailed(retrying) => Some(retrying.task.name()),
            Self::SlotEnded(record) => Some(record.name()),
            Self::Stopping | Self::Stopped | Self::Lagged(_) => None,
        }
    }
}

/// The change of a task by a control call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlChange {
    /// It was paused.
    Paused,
    /// It was resumed.
    Resumed,
    /// It was triggered, with this effect.
    Triggered(Triggered),
    /// Its spacing was changed.
    Respaced,
    /// Another of its values was changed by a reload of the settings.
    Configured,
    /// It was taken off the schedule.
    Disabled,
    /// It was put on the schedule.
    Enabled,
    /// It was added.
    Added,
    /// It was removed.
    Removed,
}
