use std::time::Duration;

use periodic_core::task::Cancellation;
use tokio::time::Instant;

/// What each part of a stop may take, even when the runs have used up the grace time: without it a run that hangs
/// would keep the service from leaving its membership.
const LEAST: Duration = Duration::from_secs(1);

/// The time that a stop has.
#[derive(Debug)]
pub(super) struct TimeBudget<'a> {
    /// The end of the grace time, if it has one.
    until: Option<Instant>,
    /// Ends it at once.
    hurry: &'a Cancellation,
}

impl<'a> TimeBudget<'a> {
    pub(super) fn from_now(grace: Option<Duration>, hurry: &'a Cancellation) -> Self {
        // One that is longer than time itself has no end either.
        Self { until: grace.and_then(|grace| Instant::now().checked_add(grace)), hurry }
    }

    /// The same, or so long if that is less: for what has no right to an endless grace time.
    pub(super) fn at_most(&self, most: Duration) -> Self {
        let until = match (self.until, Instant::now().checked_add(most)) {
            (Some(until), Some(other)) => Some(until.min(other)),
            (until, other) => until.or(other),
        };
        Self { until, hurry: self.hurry }
    }

    /// What is left, if there is an end.
    pub(super) fn left(&self) -> Option<Duration> {
        if self.hurry.is_cancelled() {
            return Some(Duration::ZERO);
        }
        self.until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    /// Ready when the time is over.
    pub(super) async fn over(&self) {
        match self.until {
            None => self.hurry.cancelled().await,
            Some(until) => tokio::select! {
                () = self.hurry.cancelled() => {}
                () = tokio::time::sleep_until(until) => {}
            },
        }
    }

    /// What `work` ends in, unless the time is over before.
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
