use core::num::NonZeroU32;
use core::time::Duration;

use periodic_text::rules::DEFAULT_BACKOFF;

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
}
