use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use periodic_text::duration::DurationError;

use crate::time::nanos;

/// A spacing as it was written. Zero and negative values have meanings of their own.
///
/// # Examples
/// ```
/// use periodic_core::task::{Interval, Spacing};
///
/// assert_eq!("1h30m".parse::<Interval>()?, Interval::from_secs(5_400));
/// assert_eq!(Interval::from_secs(0).spacing(), Some(Spacing::DEFAULT));
/// assert_eq!(Interval::from_secs(-1).spacing(), None, "the task is disabled");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Interval(i64);

impl Interval {
    /// Creates an interval of `nanos` nanoseconds. Zero means the default of 60 s; a negative interval disables the
    /// task.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Creates an interval of `secs` seconds. Zero means the default of 60 s; a negative interval disables the task.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000_000))
    }

    /// Creates an interval of `duration`, cut at 292 years. Zero means the default of 60 s.
    pub const fn from_duration(duration: Duration) -> Self {
        Self(nanos(duration))
    }

    /// Returns the interval in nanoseconds, as it was written.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Returns the spacing: 60 s for zero, `None` if the interval is negative.
    pub const fn spacing(self) -> Option<Spacing> {
        match self.0 {
            0 => Some(Spacing::DEFAULT),
            positive if positive > 0 => Some(Spacing(positive)),
            _ => None,
        }
    }
}

impl From<Duration> for Interval {
    fn from(duration: Duration) -> Self {
        Self::from_duration(duration)
    }
}

/// Reads the syntax of attributes and settings files: `90`, `90s`, `1h30m`, `-1`.
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
    /// The spacing if zero or none is given: 60 s.
    pub const DEFAULT: Self = Self(periodic_text::rules::DEFAULT_SPACING);

    /// Creates a spacing of `nanos` nanoseconds; `None` unless they are more than zero.
    pub const fn from_nanos(nanos: i64) -> Option<Self> {
        if nanos > 0 { Some(Self(nanos)) } else { None }
    }

    /// Returns the spacing in nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Returns the spacing as a duration.
    pub const fn as_duration(self) -> Duration {
        Duration::from_nanos(self.0.unsigned_abs())
    }
}

impl fmt::Display for Spacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        periodic_text::duration::written(self.0).fmt(f)
    }
}
