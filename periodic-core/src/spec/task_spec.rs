use core::num::NonZeroU64;
use core::time::Duration;

use super::{Anchor, Execution, FirstRun, Interval, Jitter, Missed, Overlap, RetrySpec, ScheduleSpec};

/// The declaration of a task: plain data, as the attribute states it.
///
/// The macros build it in a `static`; code that adds a task at run time builds its own. It holds no function and no
/// type parameter, so a table of declarations can be printed, compared and listed.
///
/// The builder takes any value. A table, and a scheduler to which the task is added, refuse the same declarations as
/// the attribute, with the same messages: [`TableProblem::BrokenRule`](crate::table::TableProblem::BrokenRule),
/// [`ControlError::BrokenRules`](crate::scheduler::ControlError::BrokenRules).
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::task::{Interval, Overlap, TaskSpec};
///
/// const AUDIT: TaskSpec = TaskSpec::new("audit")
///     .every(Interval::from_secs(60))
///     .run_immediately()
///     .timeout(Duration::from_secs(30))
///     .overlap(Overlap::Queue);
/// assert_eq!(AUDIT.schedule.to_string(), "every 1m");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TaskSpec {
    /// The task's name inside its manager.
    pub name: &'static str,
    /// The doc comment, without its indentation.
    pub description: &'static str,
    /// The times at which the task runs.
    pub schedule: ScheduleSpec,
    /// The time of its first run.
    pub first: FirstRun,
    /// The delay of each run behind its slot.
    pub jitter: Jitter,
    /// Whether the task is collected.
    pub enabled: bool,
    /// Whether the task is left out if `run_external_periodic_tasks` is false.
    pub external_process_ok: bool,
    /// The longest time that one attempt may take.
    pub timeout: Option<Duration>,
    /// The number of attempts for a slot, and their back-offs; `None` for a single attempt.
    pub retry: Option<RetrySpec>,
    /// The rule for a slot that is due while a run is active; `None` if not stated.
    pub overlap: Option<Overlap>,
    /// The rule for slots that passed unpolled; `None` if not stated.
    pub missed: Option<Missed>,
    /// The greatest lateness at which a slot is still run; `None` for the rule's default.
    pub grace: Option<Duration>,
    /// The number of scheduled starts after which the task is done.
    pub max_runs: Option<NonZeroU64>,
    /// The place where a run's code runs.
    pub execution: Execution,
}

impl TaskSpec {
    /// Creates a task of this name that runs every 60 s, with all else at its default.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            description: "",
            schedule: ScheduleSpec::Every {
                interval: Interval::from_nanos(0),
                from: Anchor::Start,
                align: false,
            },
            first: FirstRun::AfterSpacing,
            jitter: Jitter::None,
            enabled: true,
            external_process_ok: false,
            timeout: None,
            retry: None,
            overlap: None,
            missed: None,
            grace: None,
            max_runs: None,
            execution: Execution::Spawned,
        }
    }

    /// Sets the description.
    #[must_use]
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = text;
        self
    }

    /// Runs at this distance, from slot to slot, on a grid that begins at the start.
    #[must_use]
    pub const fn every(mut self, interval: Interval) -> Self {
        self.schedule = ScheduleSpec::Every { interval, from: Anchor::Start, align: false };
        self
    }

    /// Measures the spacing from the end of the last run. A schedule without a spacing stays unchanged.
    #[must_use]
    pub const fn from_finish(mut self) -> Self {
        if let Some(interval) = self.schedule.interval() {
            self.schedule = ScheduleSpec::Every { interval, from: Anchor::Finish, align: false };
        }
        self
    }

    /// Puts the grid on the wall clock's multiples of the spacing. A schedule without a spacing stays unchanged.
    #[must_use]
    pub const fn align(mut self) -> Self {
        if let Some(interval) = self.schedule.interval() {
            self.schedule = ScheduleSpec::Every { interval, from: Anchor::Start, align: true };
        }
        self
    }

    /// Runs at the readings of a zone's clocks that match an expression. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    #[must_use]
    pub const fn cron(mut self, cron: super::Cron) -> Self {
        self.schedule = ScheduleSpec::Cron(cron);
        self
    }

    /// Starts the first run at once.
    #[must_use]
    pub const fn run_immediately(mut self) -> Self {
        self.first = FirstRun::Immediately;
        self
    }

    /// Starts the first run `delay` after the start; the grid begins there.
    #[must_use]
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.first = FirstRun::After(delay);
        self
    }

    /// Delays each run behind its slot.
    #[must_use]
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// Leaves the task out.
    #[must_use]
    pub const fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Leaves the task out in a process that leaves the external tasks to another process.
    #[must_use]
    pub const fn external_process_ok(mut self) -> Self {
        self.external_process_ok = true;
        self
    }

    /// Sets the longest time that one attempt may take: more than zero.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Tries a slot again if it fails.
    #[must_use]
    pub const fn retry(mut self, retry: RetrySpec) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the rule for a slot that is due while a run is active.
    #[must_use]
    pub const fn overlap(mut self, overlap: Overlap) -> Self {
        self.overlap = Some(overlap);
        self
    }

    /// Sets the rule for slots that passed unpolled.
    #[must_use]
    pub const fn missed(mut self, missed: Missed) -> Self {
        self.missed = Some(missed);
        self
    }

    /// Sets the greatest lateness at which a slot is still run.
    #[must_use]
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = Some(grace);
        self
    }

    /// Ends the task after `runs` scheduled starts.
    #[must_use]
    pub const fn max_runs(mut self, runs: NonZeroU64) -> Self {
        self.max_runs = Some(runs);
        self
    }

    /// Sets the place where a run's code runs.
    #[must_use]
    pub const fn execution(mut self, execution: Execution) -> Self {
        self.execution = execution;
        self
    }
}
