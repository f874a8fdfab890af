use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The serving loop's sign of life, for a watchdog.
///
/// It beats each time the loop comes round. The loop wakes for that alone only where somebody watches.
#[derive(Debug, Default)]
pub(crate) struct Liveness {
    beats: AtomicU64,
    /// How long the loop may sleep at most, in nanoseconds; 0 where nobody watches.
    most: AtomicU64,
}

impl Liveness {
    pub(crate) fn beat(&self) {
        self.beats.fetch_add(1, Relaxed);
    }

    /// How often it has beaten.
    pub(crate) fn beats(&self) -> u64 {
        self.beats.load(Relaxed)
    }

    /// Lets it beat at least each `most` from the loop's next sleep on.
    pub(crate) fn watch(&self, most: Duration) {
        self.most.store(u64::try_from(most.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    /// `sleep`, or less where somebody watches.
    pub(crate) fn at_most(&self, sleep: Duration) -> Duration {
        match self.most.load(Relaxed) {
            0 => sleep,
            most => sleep.min(Duration::from_nanos(most)),
        }
    }
}
