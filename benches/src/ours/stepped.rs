//! Time that the measurement moves.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use periodic::time::{Clock, Instant, Now, Timestamp};

/// A clock that stands still between two steps, and is as cheap to read as a time that is an argument.
#[derive(Debug, Default)]
pub struct Stepped(AtomicI64);

impl Stepped {
    /// Moves the clock forward.
    pub fn step(&self, step: Duration) {
        self.0.fetch_add(nanos(step), Ordering::Relaxed);
    }
}

impl Clock for Stepped {
    fn now(&self) -> Now {
        at(self.0.load(Ordering::Relaxed))
    }
}

/// Returns a reading of both clocks, `nanos` nanoseconds after they began.
pub fn at(nanos: i64) -> Now {
    Now::new(Instant::from_nanos(nanos), Timestamp::from_nanos(nanos))
}

/// Returns the nanoseconds of a duration.
pub fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
