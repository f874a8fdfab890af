//! How long the lock of a runner is held, for a benchmark. Only with the feature `lock-times`.

use std::cell::Cell;
use std::time::{Duration, Instant};

thread_local! {
    static LONGEST: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Returns the longest time for which this thread held the lock of a runner since the last call.
pub fn take_longest() -> Duration {
    LONGEST.take()
}

/// A guard that lives while this thread holds the lock.
pub(crate) struct Held(Instant);

impl Held {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let held = self.0.elapsed();
        // The thread may be ending.
        let _ = LONGEST.try_with(|longest| longest.set(longest.get().max(held)));
    }
}
