use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{RetryScheduled, SlotRecord, Triggered};
use periodic_core::task::{Slot, Task, TaskName};
use periodic_text::{seconds, time_of_day};

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
/// let (mut ends, mut last) = (0, String::new());
/// while let Some(event) = watcher.next().await {
///     if let Event::SlotEnded(record) = &event {
///         assert_eq!(record.name().as_str(), "Manager.poll");
///         ends += 1;
///     }
///     last = event.to_string();
/// }
/// assert_eq!((ends, last.as_str()), (1, "the runner has stopped"));
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

impl fmt::Display for Event {
    /// Writes one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RunStarted { task, slot, attempt, lateness } => {
                let (name, slot) = (task.name(), time_of_day(slot.scheduled.as_nanos()));
                write!(f, "{name} {slot} started ({} late", seconds(*lateness))?;
                if *attempt > 1 {
                    write!(f, ", attempt {attempt}")?;
                }
                f.write_str(")")
            }
            Self::AttemptFailed(retrying) => retrying.fmt(f),
            Self::SlotEnded(record) => record.fmt(f),
            Self::Changed { task, change } => write!(f, "{} {change}", task.name()),
            Self::Stopping => f.write_str("the runner stops"),
            Self::Stopped => f.write_str("the runner has stopped"),
            Self::Lagged(1) => f.write_str("the watcher was too slow and lost 1 event"),
            Self::Lagged(events) => write!(f, "the watcher was too slow and lost {events} events"),
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

impl fmt::Display for ControlChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Paused => "was paused",
            Self::Resumed => "was resumed",
            Self::Triggered(effect) => return write!(f, "was triggered: {effect}"),
            Self::Respaced => "has another spacing",
            Self::Configured => "was changed by settings",
            Self::Disabled => "was disabled",
            Self::Enabled => "was enabled",
            Self::Added => "was added",
            Self::Removed => "was removed",
        })
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::task::{SlotKind, TaskSpec};
    use periodic_core::time::{Instant, Timestamp};

    use super::*;

    #[test]
    fn an_event_is_one_line() {
        let name = TaskName::new("ComputeManager", "poll").unwrap();
        let task = Arc::new(Task::new(name, TaskSpec::new("poll")));
        let scheduled = Timestamp::from_secs(1_767_225_600);
        let slot = Slot { kind: SlotKind::Scheduled, at: Instant::ZERO, scheduled };
        let started = |attempt, millis| Event::RunStarted {
            task: Arc::clone(&task),
            slot,
            attempt,
            lateness: Duration::from_millis(millis),
        };
        let changed = |change| Event::Changed { task: Arc::clone(&task), change };
        for (event, line) in [
            (started(1, 3), "ComputeManager.poll 00:00:00.000Z started (0.003s late)"),
            (started(2, 61_000), "ComputeManager.poll 00:00:00.000Z started (61s late, attempt 2)"),
            (changed(ControlChange::Paused), "ComputeManager.poll was paused"),
            (
                changed(ControlChange::Triggered(Triggered::Skipped)),
                "ComputeManager.poll was triggered: skipped, because a run is active",
            ),
            (Event::Stopping, "the runner stops"),
            (Event::Lagged(1), "the watcher was too slow and lost 1 event"),
            (Event::Lagged(3), "the watcher was too slow and lost 3 events"),
        ] {
            assert_eq!(event.to_string(), line);
        }
    }
}
