use std::time::Duration;

use periodic_core::task::Cancellation;
use tokio::time::Instant;

/// The least time of each part of a stop, even when the runs have used up the grace time. Without it a run that hangs
/// would keep the service from leaving its membership.
const LEAST: Duration = Duration::from_secs(1);

/// The time that is left for a stop.
#[derive(Debug)]
pub(super) struct TimeBudget<'a> {
    /// The end of the grace time; `None` if it has no end.
    until: Option<Instant>,
    /// Ends the time at once.
    hurry: &'a Cancellation,
}

impl<'a> TimeBudget<'a> {
    pub(super) fn from_now(grace: Option<Duration>, hurry: &'a Cancellation) -> Self {
        // A grace time beyond the clock's range has no end either.
        Self { until: grace.and_then(|grace| Instant::now().checked_add(grace)), hurry }
    }

    /// Returns the remaining time, capped at `most`: for work without a right to an endless grace time.
    pub(super) fn at_most(&self, most: Duration) -> Self {
        let until = match (self.until, Instant::now().checked_add(most)) {
            (Some(until), Some(other)) => Some(until.min(other)),
            (until, other) => until.or(other),
        };
        Self { until, hurry: self.hurry }
    }

    /// Returns the remaining time; `None` if it has no end.
    pub(super) fn left(&self) -> Option<Duration> {
        if self.hurry.is_cancelled() {
            return Some(Duration::ZERO);
        }
        self.until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    /// Waits until the time is over.
    pub(super) async fn over(&self) {
        match self.until {
            None => self.hurry.cancelled().await,
            Some(until) => tokio::select! {
                () = self.hurry.cancelled() => {}
                () = tokio::time::sleep_until(until) => {}
            },
        }
    }

    /// Returns the output of `work`; `None` if the time ends first, after `LEAST` at the earliest.
    pub(super) async fn within<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let over = async {
            tokio::time::sleep(LEAST).await;
            self.over().await;
        };
        tokio::select! {
            biased;
            end = work => Some(end),
            () = over => None,
        }
    }
}
