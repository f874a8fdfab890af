use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The serving loop's sign of life, for a watchdog.
///
/// It beats in each round of the loop. The loop wakes for that alone only if a watchdog is set.
#[derive(Debug, Default)]
pub(crate) struct Liveness {
    beats: AtomicU64,
    /// The longest sleep of the loop, in nanoseconds; 0 without a watchdog.
    most: AtomicU64,
}

impl Liveness {
    pub(crate) fn beat(&self) {
        self.beats.fetch_add(1, Relaxed);
    }

    /// Returns the number of beats.
    pub(crate) fn beats(&self) -> u64 {
        self.beats.load(Relaxed)
    }

    /// Makes it beat at least once per `most`, from the loop's next sleep on.
    pub(crate) fn watch(&self, most: Duration) {
        self.most.store(u64::try_from(most.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Returns `sleep`, or less with a watchdog.
    pub(crate) fn at_most(&self, sleep: Duration) -> Duration {
        match self.most.load(Relaxed) {
            0 => sleep,
            most => sleep.min(Duration::from_nanos(most)),
        }
    }
}
