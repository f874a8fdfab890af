use core::fmt;
use core::num::NonZeroU64;
use core::str::FromStr;
use core::time::Duration;

use periodic_text::duration::DurationError;

use crate::time::nanos;

/// The declaration of a task: plain data, as the attribute states it.
///
/// The macros build it in a `static`; tasks that are added at run time build it themselves. It holds no
/// function and no type parameter, so a table of them can be printed, compared and listed.
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

/// When a task runs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ScheduleSpec {
    /// At a fixed distance.
    Every {
        /// The distance.
        interval: Interval,
        /// From what it is measured.
        from: Anchor,
        /// Whether the grid is the wall clock's: multiples of the spacing since the Unix epoch.
        align: bool,
    },
}

impl ScheduleSpec {
    /// The same schedule with another interval.
    #[must_use]
    pub const fn with_interval(self, interval: Interval) -> Self {
        let Self::Every { from, align, .. } = self;
        Self::Every { interval, from, align }
    }

    /// The distance of the slots, `None` if the interval is negative.
    pub const fn spacing(self) -> Option<Spacing> {
        let Self::Every { interval, .. } = self;
        interval.spacing()
    }
}

/// From what a spacing is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Anchor {
    /// From slot to slot: a fixed rate.
    #[default]
    Start,
    /// From the end of the last run: a fixed delay.
    Finish,
}

/// A spacing as it was written: zero and negative values have a meaning of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Interval(i64);

impl Interval {
    /// An interval of so many nanoseconds. Zero means the default of 60 s, less disables the task.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// An interval of so many seconds. Zero means the default of 60 s, less disables the task.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000_000))
    }

    /// An interval as long as `duration`; longer ones than 292 years are cut. Zero means the default of 60 s.
    pub const fn from_duration(duration: Duration) -> Self {
        Self(nanos(duration))
    }

    /// The nanoseconds that were written.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// The spacing that is meant: 60 s for zero, `None` if the interval is negative.
    pub const fn spacing(self) -> Option<Spacing> {
        match self.0 {
            0 => Some(Spacing::DEFAULT),
            positive if positive > 0 => Some(Spacing(positive)),
            _ => None,
        }
    }
}

/// Reads what an attribute or a settings file would: `90`, `90s`, `1h30m`, `-1`.
impl FromStr for Interval {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        periodic_text::duration::parse(text).map(Self)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        periodic_text::duration::written(self.0).fmt(f)
    }
}

/// The distance between two slots: never zero, at most 292 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spacing(i64);

impl Spacing {
    /// What a spacing of zero, or none at all, means: 60 s.
    pub const DEFAULT: Self = Self(60_000_000_000);

    /// A spacing of so many nanoseconds, if they are more than none.
    pub const fn from_nanos(nanos: i64) -> Option<Self> {
        if nanos > 0 { Some(Self(nanos)) } else { None }
    }

    /// The spacing in nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// The spacing as a duration.
    pub const fn as_duration(self) -> Duration {
        Duration::from_nanos(self.0.unsigned_abs())
    }
}

impl fmt::Display for Spacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        periodic_text::duration::written(self.0).fmt(f)
    }
}

/// When a task runs first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FirstRun {
    /// One spacing after the start; on the wall clock's next boundary if the grid is aligned.
    #[default]
    AfterSpacing,
    /// At the start.
    Immediately,
    /// So long after the start; the grid begins there.
    After(Duration),
}

/// By how much each run is moved behind its slot. The grid itself never moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Jitter {
    /// Not at all.
    #[default]
    None,
    /// By up to this many millionths of the spacing: 50 000 is 5 %.
    Share(u32),
    /// By up to this long, less than the spacing.
    UpTo(Duration),
}

/// What happens to a slot that is due while a run of its own task is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Overlap {
    /// It is skipped.
    #[default]
    Skip,
    /// It starts when the run has ended; one slot waits, later ones are skipped.
    Queue,
    /// The run is cancelled, and the slot starts once it has really ended.
    Replace,
    /// It starts beside the run, up to this many at once; zero counts as one.
    Allow(u32),
}

/// What happens to slots that passed while the task was idle and nobody polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Missed {
    /// The newest runs, in the place of the older ones.
    #[default]
    Coalesce,
    /// The newest runs if it is not later than the grace time (60 s if none is stated), the older ones never.
    Skip,
    /// The newest so many run, one after the other in slot order; zero counts as one.
    All(u16),
}

/// Where a run's code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Execution {
    /// As a task of its own on the runtime: an `async fn`.
    #[default]
    Spawned,
    /// On the pool for blocking work: a plain `fn`.
    Blocking,
    /// In the runner itself, which does nothing else meanwhile.
    Inline,
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

    /// Measures the spacing from the end of the last run.
    pub const fn from_finish(mut self) -> Self {
        let ScheduleSpec::Every { interval, .. } = self.schedule;
        self.schedule = ScheduleSpec::Every { interval, from: Anchor::Finish, align: false };
        self
    }

    /// Puts the grid on the wall clock's multiples of the spacing.
    pub const fn align(mut self) -> Self {
        let ScheduleSpec::Every { interval, .. } = self.schedule;
        self.schedule = ScheduleSpec::Every { interval, from: Anchor::Start, align: true };
        self
    }

    /// Runs first at the start.
    pub const fn run_immediately(mut self) -> Self {
        self.first = FirstRun::Immediately;
        self
    }

    /// Runs first so long after the start; the grid begins there.
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

    /// Bounds one attempt.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
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

impl fmt::Display for ScheduleSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Every { interval, from, align } = self;
        let Some(spacing) = interval.spacing() else {
            return write!(f, "spacing {interval}");
        };
        write!(f, "every {spacing}")?;
        if *align {
            f.write_str(" of the clock")?;
        }
        if *from == Anchor::Finish {
            f.write_str(" after its end")?;
        }
        Ok(())
    }
}
