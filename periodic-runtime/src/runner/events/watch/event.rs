use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{Retrying, SlotRecord, Triggered};
use periodic_core::table::Task;
use periodic_core::task::{Slot, TaskName};

/// Something that happened in a runner.
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
        /// The slot that it runs for.
        slot: Slot,
        /// Which attempt at the slot this is, from 1.
        attempt: u32,
        /// How long ago that was, jitter included.
        lateness: Duration,
    },
    /// An attempt failed, and its slot is tried again. Where it is not, the slot has ended.
    AttemptFailed(Retrying),
    /// A slot ended, or several in a row that all ended the same way without running.
    ///
    /// A run that was cut before its first line, as its runtime was shut down, ends without having begun.
    SlotEnded(SlotRecord),
    /// A control call was obeyed, also where that changed nothing. It follows the ends of the slots that it decided.
    #[non_exhaustive]
    Changed {
        /// The task, as it is since; if it was removed, as it was.
        task: Arc<Task>,
        /// What was done to it.
        change: Change,
    },
    /// The runner is being stopped: no task starts any more.
    Stopping,
    /// The runner is gone, and what became of every slot is told. No event follows.
    Stopped,
    /// The watcher was too slow: so many events, the oldest, are lost to it.
    Lagged(u64),
}

impl Event {
    /// The full name of the task that it is about, if it is about one.
    pub fn name(&self) -> Option<&TaskName> {
        match self {
            Self::RunStarted { task, .. } | Self::Changed { task, .. } => Some(task.name()),
            Self::AttemptFailed(retrying) => Some(retrying.task.name()),
            Self::SlotEnded(record) => Some(record.name()),
            Self::Stopping | Self::Stopped | Self::Lagged(_) => None,
        }
    }
}

/// What a control call did to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// It was paused.
    Paused,
    /// It was resumed.
    Resumed,
    /// It was triggered, and what that brought about.
    Triggered(Triggered),
    /// Its spacing was changed.
    Respaced,
    /// Something else of it was changed by settings that were read again.
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
