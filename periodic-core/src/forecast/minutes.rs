use core::time::Duration;

use crate::time::{Instant, Timestamp, nanos};

/// A minute, in nanoseconds.
const MINUTE: i64 = 60_000_000_000;

/// The minutes of the wall clock that a horizon touches. The horizon may hold only a part of the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Minutes {
    first: Timestamp,
    /// The distance from the beginning of the first minute to that of the horizon, in nanoseconds.
    into: i64,
    count: usize,
}

impl Minutes {
    pub(super) fn new(start: Timestamp, horizon: Duration) -> Self {
        let into = start.as_nanos().rem_euclid(MINUTE);
        let first = Timestamp::from_nanos(start.as_nanos().saturating_sub(into));
        let mut minutes = Self { first, into, count: 0 };
        let last = nanos(horizon).saturating_sub(1).max(0);
        minutes.count = minutes.of(Instant::from_nanos(last)) + 1;
        minutes
    }

    /// Returns the index of the minute at an instant after the start.
    pub(super) fn of(self, at: Instant) -> usize {
        usize::try_from(at.as_nanos().saturating_add(self.into) / MINUTE).unwrap_or(0)
    }

    /// Returns the first instant of a minute, on the wall clock.
    pub(super) fn from(self, place: usize) -> Timestamp {
        self.first + Duration::from_secs(60).saturating_mul(u32::try_from(place).unwrap_or(u32::MAX))
    }

    pub(super) fn count(self) -> usize {
        self.count
    }
}
