use core::num::NonZeroU64;
use core::time::Duration;

use super::{Anchor, Execution, FirstRun, Interval, Jitter, Missed, Overlap, RetrySpec, ScheduleSpec};

/// The declaration of a task: plain data, as the attribute states it.
///
/// The macros build it in a `static`; tasks that are added at run time build it themselves. It holds no
/// function and no type parameter, so a table of them can be printed, compared and listed.
///
/// The builder takes any value. A table, and a scheduler to which the task is added, refuse what the attribute would
/// refuse, in the same words: [`TableProblem::BrokenRule`](crate::table::TableProblem::BrokenRule),
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
    /// When the task runs.
    pub schedule: ScheduleSpec,
    /// When it runs first.
    pub first: FirstRun,
    /// By how much each run is moved behind its slot.
    pub jitter: Jitter,
    /// Whether it is collected at all.
    pub enabled: bool,
    /// Whether it is left out where `run_external_periodic_tasks` is false.
    pub external_process_ok: bool,
    /// The bound of one attempt.
    pub timeout: Option<Duration>,
    /// How often a slot is tried, and when again; `None` for once.
    pub retry: Option<RetrySpec>,
    /// The rule for a slot that is due while a run is going; `None` where it was not stated.
    pub overlap: Option<Overlap>,
    /// The rule for slots that passed unpolled; `None` where it was not stated.
    pub missed: Option<Missed>,
    /// The greatest lateness at which a slot is still run; `None` for the rule's default.
    pub grace: Option<Duration>,
    /// After how many scheduled starts the task is done.
    pub max_runs: Option<NonZeroU64>,
    /// Where a run's code runs.
    pub execution: Execution,
}

impl TaskSpec {
    /// A task of this name that runs each 60 s, with all else at its default.
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
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = text;
        self
    }

    /// Runs at this distance, from slot to slot, on a grid that begins at the start.
    pub const fn every(mut self, interval: Interval) -> Self {
        self.schedule = ScheduleSpec::Every { interval, from: Anchor::Start, align: false };
        self
    }

    /// Measures the spacing from the end of the last run. A schedule without a spacing stays as it is.
    pub const fn from_finish(mut self) -> Self {
        if let Some(interval) = self.schedule.interval() {
            self.schedule = ScheduleSpec::Every { interval, from: Anchor::Finish, align: false };
        }
        self
    }

    /// Puts the grid on the wall clock's multiples of the spacing. A schedule without a spacing stays as it is.
    pub const fn align(mut self) -> Self {
        if let Some(interval) = self.schedule.interval() {
            self.schedule = ScheduleSpec::Every { interval, from: Anchor::Start, align: true };
        }
        self
    }

    /// Runs when a zone's clocks show what an expression says. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub const fn cron(mut self, cron: super::Cron) -> Self {
        self.schedule = ScheduleSpec::Cron(cron);
        self
    }

    /// Runs first at the start.
    pub const fn run_immediately(mut self) -> Self {
        self.first = FirstRun::Immediately;
        self
    }

    /// Runs first `delay` after the start; the grid begins there.
    pub const fn initial_delay(mut self, delay: Duration) -> Self {
        self.first = FirstRun::After(delay);
        self
    }

    /// Moves each run behind its slot.
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// Leaves the task out.
    pub const fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Leaves the task out where another process runs the external ones.
    pub const fn external_process_ok(mut self) -> Self {
        self.external_process_ok = true;
        self
    }

    /// Bounds one attempt: more than zero.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Tries a slot again while it fails.
    pub const fn retry(mut self, retry: RetrySpec) -> Self {
        self.retry = Some(retry);
        self
    }

    /// States the rule for a slot that is due while a run is going.
    pub const fn overlap(mut self, overlap: Overlap) -> Self {
        self.overlap = Some(overlap);
        self
    }

    /// States the rule for slots that passed unpolled.
    pub const fn missed(mut self, missed: Missed) -> Self {
        self.missed = Some(missed);
        self
    }

    /// States the greatest lateness at which a slot is still run.
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = Some(grace);
        self
    }

    /// Ends the task after so many scheduled starts.
    pub const fn max_runs(mut self, runs: NonZeroU64) -> Self {
        self.max_runs = Some(runs);
        self
    }

    /// Says where a run's code runs.
    pub const fn execution(mut self, execution: Execution) -> Self {
        self.execution = execution;
        self
    }
}
