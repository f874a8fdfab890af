use core::ops::Range;
use core::time::Duration;
use std::sync::Arc;

use super::{NameError, Run, Task, TaskName, Window};
use crate::schedule::{Slot, SlotKind};
use crate::spec::TaskSpec;
use crate::task::Cancellation;
use crate::time::{Instant, Timestamp};

/// Builds a [`Run`], for a unit test of a method that takes one.
///
/// # Examples
/// ```
/// use periodic_core::task::Run;
/// use periodic_core::time::Timestamp;
///
/// struct Billing;
///
/// impl Billing {
///     fn load(&self, run: &Run) -> Option<String> {
///         let start = run.window().start?;
///         Some(format!("attempt {}: {start} to {}", run.attempt(), run.window().end))
///     }
/// }
///
/// let (start, end) = (Timestamp::from_secs(0), Timestamp::from_secs(3_600));
/// let run = Run::builder("Billing.load").window(start..end).attempt(2).build()?;
/// assert_eq!(Billing.load(&run).unwrap(), "attempt 2: 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z");
/// # Ok::<(), periodic_core::task::NameError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct RunBuilder {
    name: String,
    slot: Timestamp,
    start: Option<Timestamp>,
    lateness: Duration,
    attempt: u32,
    is_cancelled: bool,
}

impl Run {
    /// Creates a builder of a run of the task `name`, for a unit test. The name is the full one, `Manager.task`.
    ///
    /// By default it is the first attempt at a slot at 1970-01-01, starts in time, and is the first run of the process.
    pub fn builder(name: impl Into<String>) -> RunBuilder {
        let (slot, lateness) = (Timestamp::default(), Duration::ZERO);
        RunBuilder { name: name.into(), slot, start: None, lateness, attempt: 1, is_cancelled: false }
    }
}

impl RunBuilder {
    /// Sets the time of the slot on the wall clock, at which the window ends.
    pub fn slot(mut self, time: impl Into<Timestamp>) -> Self {
        self.slot = time.into();
        self
    }

    /// Sets the window. The slot is at its end.
    pub fn window(mut self, window: Range<impl Into<Timestamp>>) -> Self {
        self.start = Some(window.start.into());
        self.slot(window.end)
    }

    /// Sets the time from the slot to the start of the attempt.
    pub fn lateness(mut self, lateness: Duration) -> Self {
        self.lateness = lateness;
        self
    }

    /// Sets the number of the attempt at the slot, from 1.
    pub fn attempt(mut self, attempt: u32) -> Self {
        self.attempt = attempt;
        self
    }

    /// Asks the run to end before it starts.
    pub fn cancelled(mut self) -> Self {
        self.is_cancelled = true;
        self
    }

    /// Builds the run.
    ///
    /// # Errors
    /// When the name of the manager or of the task is not valid.
    pub fn build(self) -> Result<Run, NameError> {
        let Self { name, slot: scheduled, start, lateness, attempt, is_cancelled } = self;
        let (manager, task) = name.split_once('.').unwrap_or(("", &name));
        let cancellation = Cancellation::new();
        if is_cancelled {
            cancellation.cancel();
        }
        Ok(Run {
            task: Arc::new(Task::new(TaskName::new(manager, task)?, TaskSpec::new("run"))),
            slot: Slot { kind: SlotKind::Scheduled, at: Instant::ZERO, scheduled },
            lateness: u64::try_from(lateness.as_nanos()).unwrap_or(u64::MAX),
            attempt,
            window: Window { start, end: scheduled },
            cancellation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_the_given_values() {
        let run = Run::builder("Billing.files.load")
            .slot(Timestamp::from_secs(60))
            .lateness(Duration::from_secs(2))
            .cancelled()
            .build()
            .unwrap();
        assert_eq!((run.name().manager(), run.name().task()), ("Billing", "files.load"));
        assert_eq!(run.window(), Window { start: None, end: Timestamp::from_secs(60) });
        assert_eq!((run.slot().scheduled, run.attempt()), (Timestamp::from_secs(60), 1));
        assert_eq!(run.lateness(), Duration::from_secs(2));
        assert!(run.is_cancelled());
        assert_eq!(Run::builder("load").build().unwrap().name().as_str(), "load");
        assert!(Run::builder("Billing.").build().is_err());
    }
}
