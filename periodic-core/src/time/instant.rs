use core::fmt;
use core::time::Duration;

use super::nanos;

/// A point on the boot-time clock: nanoseconds since that clock's own start.
///
/// The boot-time clock counts through suspend, and setting the wall clock does not move it. Spacings run on it. The
/// range is 292 years; arithmetic stops at its ends instead of wrapping.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::time::Instant;
///
/// let start = Instant::from_secs(340);
/// assert_eq!(start + Duration::from_secs(60), Instant::from_secs(400));
/// assert_eq!(Instant::from_secs(400) - start, Duration::from_secs(60));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(i64);

impl Instant {
    /// The clock's start.
    pub const ZERO: Self = Self(0);
    /// The end of the range; as a deadline it means never.
    pub const MAX: Self = Self(i64::MAX);

    /// Returns the instant `nanos` after the clock's start. Negative values lie before it and order as expected.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Returns the instant `secs` seconds after the clock's start.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000_000))
    }

    /// Returns the nanoseconds since the clock's start.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Returns the time from `earlier` to this instant; zero if `earlier` is later.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.nanos_since(earlier))
    }

    /// Returns the same in nanoseconds, for sums: a [`Duration`] keeps seconds apart, which costs a division.
    #[inline]
    pub(crate) const fn nanos_since(self, earlier: Self) -> u64 {
        // The distance of any two instants fits an unsigned number, but not a signed one.
        if self.0 > earlier.0 { self.0.wrapping_sub(earlier.0).cast_unsigned() } else { 0 }
    }
}

impl core::ops::Add<Duration> for Instant {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(nanos(duration)))
    }
}

impl core::ops::Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.since(earlier)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Instant({})", periodic_text::duration::written(self.0))
    }
}
