use periodic::time::{Instant, Now, Timestamp};

/// The unit in which scripts count: half a second, so that a wall clock can stand off the second.
const TICK: i64 = 500_000_000;

/// A reading of both clocks, in ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) boot: i64,
    pub(super) wall: i64,
}

impl Moment {
    pub(super) fn later(self, ticks: i64) -> Self {
        Self { boot: self.boot + ticks, wall: self.wall + ticks }
    }

    /// The reading at `boot`, if the wall clock is not set in between.
    pub(super) fn at(self, boot: i64) -> Self {
        self.later(boot - self.boot)
    }

    pub(super) fn now(self) -> Now {
        Now::new(instant(self.boot), timestamp(self.wall))
    }
}

pub(super) fn nanos(ticks: i64) -> i64 {
    ticks * TICK
}

pub(super) fn instant(ticks: i64) -> Instant {
    Instant::from_nanos(nanos(ticks))
}

pub(super) fn timestamp(ticks: i64) -> Timestamp {
    Timestamp::from_nanos(nanos(ticks))
}

pub(super) fn duration(ticks: i64) -> core::time::Duration {
    core::time::Duration::from_nanos(nanos(ticks).unsigned_abs())
}

/// The tick of a time that must lie on one.
pub(super) fn tick(nanos: i64) -> i64 {
    assert_eq!(nanos % TICK, 0, "{nanos} ns lies between two ticks");
    nanos / TICK
}
