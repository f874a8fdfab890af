use core::fmt;
use core::num::NonZeroU64;
use core::time::Duration;

#[cfg(feature = "cron")]
use crate::spec::{Dst, Expression};
use crate::spec::{Interval, Jitter, Missed, Overlap, RetrySpec, TaskSpec};

/// A key of a task's settings, named after the attribute's argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TaskKey {
    /// `spacing`
    Spacing,
    /// `cron`
    Cron,
    /// `tz`
    Tz,
    /// `dst`
    Dst,
    /// `enabled`
    Enabled,
    /// `jitter`
    Jitter,
    /// `timeout`
    Timeout,
    /// `retry`
    Retry,
    /// `overlap`
    Overlap,
    /// `missed`
    Missed,
    /// `grace`
    Grace,
    /// `max_runs`
    MaxRuns,
}

impl TaskKey {
    /// All keys, in the order in which a file lists them.
    pub const ALL: [Self; 12] = [
        Self::Spacing,
        Self::Cron,
        Self::Tz,
        Self::Dst,
        Self::Enabled,
        Self::Jitter,
        Self::Timeout,
        Self::Retry,
        Self::Overlap,
        Self::Missed,
        Self::Grace,
        Self::MaxRuns,
    ];

    /// Returns the text of the key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spacing => "spacing",
            Self::Cron => "cron",
            Self::Tz => "tz",
            Self::Dst => "dst",
            Self::Enabled => "enabled",
            Self::Jitter => "jitter",
            Self::Timeout => "timeout",
            Self::Retry => "retry",
            Self::Overlap => "overlap",
            Self::Missed => "missed",
            Self::Grace => "grace",
            Self::MaxRuns => "max_runs",
        }
    }

    /// Returns the key with this text.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == name)
    }
}

impl fmt::Display for TaskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One key of a task with its value. Its `Display` is the value in a settings file, without quotes.
///
/// `None` is the value without a declaration: no timeout, no retry, no limit of the runs, the rule's own default.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum TaskSetting {
    /// The distance of the slots. Zero means the default of 60 s; a negative one disables the task.
    Spacing(Interval),
    /// The cron expression.
    #[cfg(feature = "cron")]
    Cron(Expression),
    /// The zone of the cron expression.
    #[cfg(feature = "cron")]
    Tz(&'static str),
    /// The rules for changes of the zone's clocks.
    #[cfg(feature = "cron")]
    Dst(Dst),
    /// Whether the task is collected.
    Enabled(bool),
    /// The delay of each run behind its slot.
    Jitter(Jitter),
    /// The longest time that one attempt may take.
    Timeout(Option<Duration>),
    /// The number of attempts for a slot, and their back-offs.
    Retry(Option<RetrySpec>),
    /// The rule for a slot that is due while a run is active.
    Overlap(Option<Overlap>),
    /// The rule for slots that passed unpolled.
    Missed(Option<Missed>),
    /// The greatest lateness at which a slot is still run.
    Grace(Option<Duration>),
    /// The number of scheduled starts after which the task is done.
    MaxRuns(Option<NonZeroU64>),
}

impl TaskSetting {
    /// Returns the declaration's value of a key. Returns `None` for a key without a place in its kind of schedule: a
    /// spacing beside a cron expression, a zone beside a spacing.
    pub fn of(spec: &TaskSpec, key: TaskKey) -> Option<Self> {
        Some(match key {
            TaskKey::Spacing => return spec.schedule.interval().map(Self::Spacing),
            #[cfg(feature = "cron")]
            TaskKey::Cron => Self::Cron(spec.schedule.cron()?.expression()),
            #[cfg(feature = "cron")]
            TaskKey::Tz => Self::Tz(spec.schedule.cron()?.zone()),
            #[cfg(feature = "cron")]
            TaskKey::Dst => Self::Dst(spec.schedule.cron()?.rules()),
            #[cfg(not(feature = "cron"))]
            TaskKey::Cron | TaskKey::Tz | TaskKey::Dst => return None,
            TaskKey::Enabled => Self::Enabled(spec.enabled),
            TaskKey::Jitter => Self::Jitter(spec.jitter),
            TaskKey::Timeout => Self::Timeout(spec.timeout),
            // One attempt is the same as no retry.
            TaskKey::Retry => Self::Retry(spec.retry.filter(|retry| retry.attempts.get() > 1)),
            TaskKey::Overlap => Self::Overlap(spec.overlap),
            TaskKey::Missed => Self::Missed(spec.missed),
            TaskKey::Grace => Self::Grace(spec.grace),
            TaskKey::MaxRuns => Self::MaxRuns(spec.max_runs),
        })
    }

    /// Returns the key.
    pub fn key(&self) -> TaskKey {
        match self {
            Self::Spacing(_) => TaskKey::Spacing,
            #[cfg(feature = "cron")]
            Self::Cron(_) => TaskKey::Cron,
            #[cfg(feature = "cron")]
            Self::Tz(_) => TaskKey::Tz,
            #[cfg(feature = "cron")]
            Self::Dst(_) => TaskKey::Dst,
            Self::Enabled(_) => TaskKey::Enabled,
            Self::Jitter(_) => TaskKey::Jitter,
            Self::Timeout(_) => TaskKey::Timeout,
            Self::Retry(_) => TaskKey::Retry,
            Self::Overlap(_) => TaskKey::Overlap,
            Self::Missed(_) => TaskKey::Missed,
            Self::Grace(_) => TaskKey::Grace,
            Self::MaxRuns(_) => TaskKey::MaxRuns,
        }
    }

    /// Sets the value in a declaration, if the key has a place there.
    pub(crate) fn apply(&self, spec: &mut TaskSpec) {
        match *self {
            Self::Spacing(interval) => spec.schedule = spec.schedule.with_interval(interval),
            #[cfg(feature = "cron")]
            Self::Cron(expression) => spec.schedule = spec.schedule.with_expression(expression),
            #[cfg(feature = "cron")]
            Self::Tz(zone) => spec.schedule = spec.schedule.with_cron(|cron| cron.tz(zone)),
            #[cfg(feature = "cron")]
            Self::Dst(dst) => spec.schedule = spec.schedule.with_cron(|cron| cron.dst(dst)),
            Self::Enabled(enabled) => spec.enabled = enabled,
            Self::Jitter(jitter) => spec.jitter = jitter,
            Self::Timeout(timeout) => spec.timeout = timeout,
            Self::Retry(retry) => spec.retry = retry,
            Self::Overlap(overlap) => spec.overlap = overlap,
            Self::Missed(missed) => spec.missed = missed,
            Self::Grace(grace) => spec.grace = grace,
            Self::MaxRuns(runs) => spec.max_runs = runs,
        }
    }
}

impl fmt::Display for TaskSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Zero is printed as the spacing for which it stands.
            Self::Spacing(interval) => match interval.spacing() {
                Some(spacing) => spacing.fmt(f),
                None => interval.fmt(f),
            },
            #[cfg(feature = "cron")]
            Self::Cron(expression) => expression.fmt(f),
            #[cfg(feature = "cron")]
            Self::Tz(zone) => f.write_str(zone),
            #[cfg(feature = "cron")]
            Self::Dst(dst) => dst.fmt(f),
            Self::Enabled(enabled) => enabled.fmt(f),
            Self::Jitter(jitter) => jitter.fmt(f),
            Self::Retry(Some(retry)) => retry.fmt(f),
            Self::Overlap(overlap) => overlap.unwrap_or_default().fmt(f),
            Self::Missed(missed) => missed.unwrap_or_default().fmt(f),
            Self::Timeout(Some(length)) | Self::Grace(Some(length)) => {
                Interval::from_duration(*length).fmt(f)
            }
            Self::MaxRuns(Some(runs)) => runs.fmt(f),
            Self::Timeout(None) | Self::Retry(None) | Self::Grace(None) | Self::MaxRuns(None) => {
                f.write_str("none")
            }
        }
    }
}
