use super::scheduler::Scheduler;
use crate::schedule::NEVER;
use crate::time::{Instant, Now, Timestamp};

impl Scheduler {
    /// Returns when to poll next.
    #[inline]
    pub(super) fn wake_at(&mut self, now: Now) -> Instant {
        self.forward(now);
        self.next_wake(now.wall)
    }

    /// Returns when to poll after now, if the wall clock shows `wall`.
    #[inline]
    pub(super) fn next_wake(&mut self, wall: Timestamp) -> Instant {
        let longest = self.now.as_nanos().saturating_add(self.options.max_idle);
        let wake = Instant::from_nanos(longest.min(self.boot.first()));
        // Otherwise no row waits for a time of the wall clock.
        if self.clocks.is_followed { self.wake_by_the_wall(wake, wall) } else { wake }
    }

    /// Returns `wake`, or when to poll for the wall clock if that is earlier.
    #[inline(never)]
    fn wake_by_the_wall(&mut self, wake: Instant, wall: Timestamp) -> Instant {
        let due = self.wall.first();
        if due == NEVER {
            return wake;
        }
        let check = Instant::from_nanos(self.now.as_nanos().saturating_add(self.options.wall_check));
        let now = self.clocks.counts(Now { boot: self.now, wall });
        wake.min(now.boot_at(Timestamp::from_nanos(due))).min(check)
    }
}
