//! Instants, wall-clock times, and clocks that the caller provides.

mod clock;
mod instant;
mod manual;
mod rfc3339;
mod timestamp;

pub use clock::{Alarm, Clock, Now};
pub use instant::Instant;
pub use manual::ManualClock;
pub use rfc3339::TimestampError;
pub use timestamp::Timestamp;

pub use periodic_text::duration::DurationError;
#[cfg(feature = "cron")]
pub(crate) use timestamp::civil_date;

/// Returns a duration in nanoseconds, cut at `i64::MAX` (292 years).
pub(crate) const fn nanos(duration: core::time::Duration) -> i64 {
    let nanos = duration.as_nanos();
    // Not `try_from`, which is not `const` yet; the comparison makes the cast exact.
    #[allow(clippy::cast_possible_truncation)]
    let cut = if nanos > i64::MAX as u128 { i64::MAX } else { nanos as i64 };
    cut
}
