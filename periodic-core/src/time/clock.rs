use core::pin::Pin;
use core::time::Duration;

use super::{Instant, Timestamp};

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
// Exhaustive, because drivers and tests make it.
pub struct Now {
    /// The boot-time clock, on which spacings run.
    pub boot: Instant,
    /// The wall clock, which `align` and `cron` follow.
    pub wall: Timestamp,
}

impl Now {
    /// Creates a reading of both clocks.
    pub const fn new(boot: Instant, wall: Timestamp) -> Self {
        Self { boot, wall }
    }

    /// Returns the reading after both clocks went on by `duration`.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self { boot: self.boot + duration, wall: self.wall + duration }
    }

    /// Returns the wall time at `instant`, if neither clock is set in between.
    #[inline]
    pub(crate) const fn wall_at(self, instant: Instant) -> Timestamp {
        // Each run calls this. Two branches that are never taken cost less than two saturated results that are never
        // used.
        if let Some(ahead) = instant.as_nanos().checked_sub(self.boot.as_nanos())
            && let Some(wall) = self.wall.as_nanos().checked_add(ahead)
        {
            return Timestamp::from_nanos(wall);
        }
        self.wall_far_from(instant)
    }

    #[cold]
    const fn wall_far_from(self, instant: Instant) -> Timestamp {
        let ahead = instant.as_nanos().saturating_sub(self.boot.as_nanos());
        Timestamp::from_nanos(self.wall.as_nanos().saturating_add(ahead))
    }

    /// Returns the instant at which the wall clock shows `time`, if neither clock is set in between.
    pub(crate) const fn boot_at(self, time: Timestamp) -> Instant {
        let ahead = time.as_nanos().saturating_sub(self.wall.as_nanos());
        Instant::from_nanos(self.boot.as_nanos().saturating_add(ahead))
    }
}

/// A timer that ends at a given instant.
pub type Alarm<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// A source of time that the caller provides.
///
/// This crate never reads a clock of its own. The scheduler takes each reading as an argument. The [sequential
/// pass](crate::PeriodicTasks), which must measure its tasks, reads the clock that it was given.
pub trait Clock: Send + Sync + 'static {
    /// Reads both clocks.
    fn now(&self) -> Now;

    /// Returns a reading shortly after `earlier`, a reading of this clock; cheaper than [`now`](Self::now) if the clock
    /// supports that.
    ///
    /// It may miss a wall clock that was set since, and a suspend of the machine. So a caller that decides by it must
    /// [read both clocks](Self::now) again soon; the runner does after a millisecond at the latest.
    fn shortly_after(&self, earlier: Now) -> Now {
        let _ = earlier;
        self.now()
    }

    /// Returns a timer for `deadline`, or `None` if this clock has none, such as [`ManualClock`](super::ManualClock).
    ///
    /// Without a timer, a task's `timeout` is noticed only after its run has ended.
    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        let _ = deadline;
        None
    }
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Now {
        (**self).now()
    }

    fn shortly_after(&self, earlier: Now) -> Now {
        (**self).shortly_after(earlier)
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        (**self).alarm(deadline)
    }
}
