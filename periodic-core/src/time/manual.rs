use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use super::{Clock, Instant, Now, Timestamp};

/// A clock that stands still until it is moved: for tests.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::time::{Clock, Instant, ManualClock};
///
/// let clock = ManualClock::at(Instant::from_secs(340));
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now().boot, Instant::from_secs(400));
/// ```
#[derive(Debug, Default)]
pub struct ManualClock(Mutex<Now>);

impl ManualClock {
    /// Creates a clock that shows `instant`, and as its wall time the same distance from the Unix epoch.
    pub const fn at(instant: Instant) -> Self {
        Self(Mutex::new(Now::new(instant, Timestamp::from_nanos(instant.as_nanos()))))
    }

    /// Moves both clocks on.
    pub fn advance(&self, duration: Duration) {
        self.set(self.now().after(duration));
    }

    /// Sets both clocks.
    pub fn set(&self, now: Now) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Sets the wall clock alone, as an operator or a time server does.
    pub fn set_wall(&self, wall: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).wall = wall;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Now {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
