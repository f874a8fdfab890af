use core::num::NonZeroU32;
use core::time::Duration;

use periodic_text::rules::DEFAULT_BACKOFF;

use crate::time::nanos;

/// The number of attempts for a slot, and the back-off between two attempts.
///
/// The back-off doubles from the first up to the ceiling. With jitter it is drawn from the upper half of its length, so
/// that tasks that failed together do not retry together. The draw is the same for the same task, node, slot and
/// attempt.
///
/// Attempts belong to their slot. None starts at or after the schedule's next slot; an attempt in progress continues. A
/// task that waits for its retry holds no permit.
///
/// # Examples
/// ```
/// use std::num::NonZeroU32;
/// use std::time::Duration;
/// use periodic_core::task::{Interval, RetrySpec, TaskSpec};
///
/// const ATTEMPTS: NonZeroU32 = NonZeroU32::new(4).unwrap();
/// const RETRY: RetrySpec = RetrySpec::new(ATTEMPTS)
///     .doubling(Duration::from_secs(2))
///     .ceiling(Duration::from_secs(5));
/// const AUDIT: TaskSpec = TaskSpec::new("audit").every(Interval::from_secs(60)).retry(RETRY);
///
/// let delays: Vec<_> = (1..4).map(|attempt| RETRY.back_off(attempt).as_secs()).collect();
/// assert_eq!(delays, [2, 4, 5]);
/// assert_eq!(AUDIT.retry.unwrap().to_string(), "4, 2s..5s");
/// assert_eq!("4, 2s..5s".parse(), Ok(RETRY));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrySpec {
    /// The number of attempts for a slot, 2 or more; the first attempt counts.
    pub attempts: NonZeroU32,
    /// The back-off after the first attempt.
    pub first: Duration,
    /// The longest back-off, not shorter than the first.
    pub ceiling: Duration,
    /// Whether each back-off is drawn from the upper half of its length.
    pub jitter: bool,
}

impl RetrySpec {
    /// Creates a rule of `attempts` in total, the first counted; delays of 1 s, 2 s … 30 s, no jitter. A table refuses
    /// fewer than 2 attempts.
    pub const fn new(attempts: NonZeroU32) -> Self {
        let first = Duration::from_nanos(DEFAULT_BACKOFF.unsigned_abs());
        Self { attempts, first, ceiling: Duration::from_secs(30), jitter: false }
    }

    /// Sets the back-off after the first attempt; it doubles after each later one.
    ///
    /// `first` is more than zero, and at most the [`ceiling`](Self::ceiling). More than 30 s needs a longer ceiling.
    #[must_use]
    pub const fn doubling(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets the longest back-off: more than zero, and not shorter than the first.
    #[must_use]
    pub const fn ceiling(mut self, longest: Duration) -> Self {
        self.ceiling = longest;
        self
    }

    /// Turns jitter on: each back-off is drawn from the upper half of its length.
    #[must_use]
    pub const fn jitter(mut self) -> Self {
        self.jitter = true;
        self
    }

    /// Returns the back-off after `attempt`, counted from 1, without jitter; at most 292 years.
    pub fn back_off(&self, attempt: u32) -> Duration {
        let (first, ceiling) = (nanos(self.first), nanos(self.ceiling));
        let doubled = i128::from(first) << attempt.saturating_sub(1).min(63);
        let delay = i64::try_from(doubled).unwrap_or(i64::MAX).min(ceiling);
        Duration::from_nanos(delay.unsigned_abs())
    }

    /// Returns the back-off after `attempt`; `draw` selects one of all possible ones.
    pub(crate) fn drawn(&self, attempt: u32, draw: u64) -> Duration {
        let longest = self.back_off(attempt);
        if !self.jitter {
            return longest;
        }
        let range = nanos(longest / 2).unsigned_abs() + 1;
        // Multiply and shift, as for the jitter of a slot; the scaled value is less than the range.
        let less = u64::try_from((u128::from(draw) * u128::from(range)) >> 64).unwrap_or(0);
        longest.saturating_sub(Duration::from_nanos(less))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE: NonZeroU32 = NonZeroU32::new(5).unwrap();

    fn spec(first: u64, ceiling: u64) -> RetrySpec {
        RetrySpec::new(FIVE).doubling(Duration::from_millis(first)).ceiling(Duration::from_millis(ceiling))
    }

    #[test]
    fn doubles_up_to_the_ceiling_and_never_overflows() {
        let delays: Vec<_> = (1..6).map(|attempt| spec(300, 2_000).back_off(attempt).as_millis()).collect();
        assert_eq!(delays, [300, 600, 1_200, 2_000, 2_000]);
        assert_eq!(spec(300, 100).back_off(1), Duration::from_millis(100));
        assert_eq!(spec(1, u64::MAX).back_off(u32::MAX), Duration::from_nanos(i64::MAX.unsigned_abs()));
        assert_eq!(spec(0, 100).back_off(u32::MAX), Duration::ZERO);
    }

    #[test]
    fn a_draw_lies_in_the_upper_half() {
        let spec = spec(1_000, 1_000).jitter();
        assert_eq!(spec.drawn(1, 0), Duration::from_secs(1));
        assert_eq!(spec.drawn(1, u64::MAX), Duration::from_millis(500));
        assert_eq!(spec.drawn(1, 1 << 63), Duration::from_millis(750));
        assert_eq!(self::spec(1_000, 1_000).drawn(1, u64::MAX), Duration::from_secs(1));
    }
}
