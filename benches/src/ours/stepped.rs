//! Time that the measurement moves.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use periodic::time::{Clock, Instant, Now, Timestamp};

/// A clock that stands still between two steps, and costs as little to read as time that is handed in.
#[derive(Debug, Default)]
pub struct Stepped(AtomicI64);

impl Stepped {
    /// Moves it on.
    pub fn step(&self, step: Duration) {
        self.0.fetch_add(nanos(step), Ordering::Relaxed);
    }
}

impl Clock for Stepped {
    fn now(&self) -> Now {
        at(self.0.load(Ordering::Relaxed))
    }
}

/// Both clocks, so many nanoseconds after they began.
pub fn at(nanos: i64) -> Now {
    Now::new(Instant::from_nanos(nanos), Timestamp::from_nanos(nanos))
}

/// A duration's nanoseconds.
pub fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
