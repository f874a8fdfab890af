use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tracing::debug;

use super::delays::Growth;
use crate::catch_panic::catch_subscriber;

/// Calls an operation again while it fails, with growing sleeps between.
///
/// By default it retries every error, without a limit, and sleeps 10 s, 20 s and so on up to 60 s. The value is a plan:
/// each [`call`](Self::call) counts and sleeps from the beginning, so one `RetryCall` serves several concurrent calls.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// use std::time::Duration;
/// use periodic_runtime::retry::RetryCall;
/// use tokio::time::Instant;
///
/// let retry = RetryCall::new()
///     .attempts(4)
///     .increment(Duration::from_secs(2))
///     .ceiling(Duration::from_secs(3))
///     .when(|error: &&str| *error == "timed out");
///
/// let begun = Instant::now();
/// let mut tries = 0;
/// let answer = retry
///     .call(|| {
///         tries += 1;
///         async move { if tries < 4 { Err("timed out") } else { Ok(tries) } }
///     })
///     .await;
/// assert_eq!(answer, Ok(4));
/// assert_eq!(begun.elapsed(), Duration::from_secs(2 + 3 + 3));
///
/// assert_eq!(retry.call(|| async { Err::<(), _>("refused") }).await, Err("refused"));
/// # }
/// ```
#[must_use = "a retry does nothing until it is given something to call"]
pub struct RetryCall<E, W = fn(&E) -> bool> {
    attempts: Option<NonZeroU32>,
    growth: Growth,
    ceiling: Duration,
    worth: W,
    error: PhantomData<fn(&E)>,
}

impl<E> RetryCall<E> {
    /// Creates a plan that retries every error, without a limit, after 10 s, 20 s and so on up to 60 s.
    pub fn new() -> Self {
        Self {
            attempts: None,
            growth: Growth::Increment(Duration::from_secs(10)),
            ceiling: Duration::from_secs(60),
            worth: |_| true,
            error: PhantomData,
        }
    }
}

impl<E> Default for RetryCall<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E, W> RetryCall<E, W> {
    /// Sets the maximum number of calls of the operation, the first included. Zero means no limit.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = NonZeroU32::new(attempts);
        self
    }

    /// Sets sleeps that grow by `step`: `step` before the first retry, twice `step` before the second, and so on.
    pub fn increment(mut self, step: Duration) -> Self {
        self.growth = Growth::Increment(step);
        self
    }

    /// Sets sleeps that double: `first` before the first retry, twice `first` before the second, and so on.
    pub fn doubling(mut self, first: Duration) -> Self {
        self.growth = Growth::Doubling(first);
        self
    }

    /// Sets the sleeps to those that `begin` returns, once per call; when they end, the last error is returned.
    ///
    /// Any iterator works: `|| std::iter::repeat(delay)`, or a sequence of the crate `backon`, for instance with
    /// jitter: `move || ExponentialBuilder::default().with_jitter().build()`.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// use std::time::Duration;
    /// use periodic_runtime::retry::RetryCall;
    ///
    /// let twice = RetryCall::new().delays(|| [1, 5].into_iter().map(Duration::from_secs));
    /// let mut tries = 0;
    /// let answer: Result<(), _> = twice
    ///     .call(|| {
    ///         tries += 1;
    ///         async move { Err(tries) }
    ///     })
    ///     .await;
    /// assert_eq!(answer, Err(3));
    /// # }
    /// ```
    pub fn delays<I>(mut self, begin: impl Fn() -> I + Send + Sync + 'static) -> Self
    where
        I: IntoIterator<Item = Duration, IntoIter: Send + 'static>,
    {
        self.growth = Growth::Given(Arc::new(move || Box::new(begin().into_iter())));
        self
    }

    /// Sets the longest sleep of any sequence: 60 s by default.
    pub fn ceiling(mut self, longest: Duration) -> Self {
        self.ceiling = longest;
        self
    }

    /// Sets the errors that are retried: those for which `worth` returns true. Others are returned immediately.
    pub fn when<V: Fn(&E) -> bool>(self, worth: V) -> RetryCall<E, V> {
        let Self { attempts, growth, ceiling, .. } = self;
        RetryCall { attempts, growth, ceiling, worth, error: PhantomData }
    }
}

impl<E, W: Fn(&E) -> bool> RetryCall<E, W> {
    /// Calls `operation` until it succeeds or may not be called again.
    ///
    /// # Errors
    /// The last error: one that is not retried, or the one of the last attempt.
    ///
    /// # Cancel safety
    /// Dropping the future drops the active attempt, or ends the sleep.
    pub async fn call<T, F, Fut>(&self, mut operation: F) -> Result<T, E>
    where
        // Not `AsyncFnMut`: its callers cannot be spawned yet, because no bound can state that its future is `Send`.
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        let mut delays = self.growth.begin();
        let mut attempt: u32 = 1;
        loop {
            let error = match operation().await {
                Err(error) if self.attempts.is_none_or(|most| attempt < most.get()) => error,
                end => return end,
            };
            if !(self.worth)(&error) {
                return Err(error);
            }
            let Some(delay) = delays.next() else { return Err(error) };
            let delay = delay.min(self.ceiling);
            catch_subscriber(|| debug!(attempt, ?delay, "an attempt failed; it is retried"));
            tokio::time::sleep(delay).await;
            attempt = attempt.saturating_add(1);
        }
    }
}

impl<E, W: Clone> Clone for RetryCall<E, W> {
    fn clone(&self) -> Self {
        Self { growth: self.growth.clone(), worth: self.worth.clone(), ..*self }
    }
}

impl<E, W> fmt::Debug for RetryCall<E, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryCall")
            .field("attempts", &self.attempts)
            .field("growth", &self.growth)
            .field("ceiling", &self.ceiling)
            .finish_non_exhaustive()
    }
}
