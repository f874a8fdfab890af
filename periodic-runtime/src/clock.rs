use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant as StdInstant, SystemTime};

use periodic_core::time::{Alarm, Clock, Instant, Now, Timestamp};

/// The limit below which two clocks agree: they cannot be read at the same moment.
const APART: Duration = Duration::from_millis(1);

/// The machine's clocks, read through tokio.
///
/// The boot-time reading includes suspends on Linux, Android, OpenBSD and Apple's systems. With tokio's paused time
/// both readings follow that time, so a test that starts its runtime paused needs no other clock.
#[derive(Clone, Debug)]
pub struct SystemClock {
    tokio: tokio::time::Instant,
    std: StdInstant,
    boot: boot_time::Instant,
    /// The time that the machine was suspended since the start, in nanoseconds, by the last full reading.
    asleep: Arc<AtomicU64>,
}

impl SystemClock {
    /// Creates a clock whose instants count from now.
    pub fn new() -> Self {
        Self {
            tokio: tokio::time::Instant::now(),
            std: StdInstant::now(),
            boot: boot_time::Instant::now(),
            asleep: Arc::default(),
        }
    }

    /// Returns the time that the machine was suspended, and the time by which a paused runtime is ahead of the machine
    /// and behind it.
    fn against_the_machine(&self, awake: Duration) -> [Duration; 3] {
        let boot = self.boot.elapsed();
        // Usually the clocks agree and all three are zero; that takes one reading.
        if boot.abs_diff(awake) < APART {
            return [Duration::ZERO; 3];
        }
        let std = self.std.elapsed();
        let beyond = |time: Duration, other: Duration| {
            Some(time.saturating_sub(other)).filter(|time| *time >= APART).unwrap_or_default()
        };
        [beyond(boot, std), beyond(awake, std), beyond(std, awake)]
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let awake = self.tokio.elapsed();
        let [asleep, ahead, behind] = self.against_the_machine(awake);
        let nanos = u64::try_from(asleep.as_nanos()).unwrap_or(u64::MAX);
        if self.asleep.load(Relaxed) != nanos {
            self.asleep.store(nanos, Relaxed);
        }
        // Shifted like the other clock, or a paused runtime would see its wall clock set.
        let wall = SystemTime::now();
        let wall = Timestamp::from(wall.checked_sub(behind).unwrap_or(wall)) + ahead;
        Now { boot: Instant::ZERO + awake + asleep, wall }
    }

    fn shortly_after(&self, earlier: Now) -> Now {
        let boot = Instant::ZERO + self.tokio.elapsed() + Duration::from_nanos(self.asleep.load(Relaxed));
        earlier.after(boot - earlier.boot)
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        Some(Box::pin(tokio::time::sleep(deadline - self.now().boot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn both_readings_follow_paused_time() {
        let clock = SystemClock::new();
        let before = clock.now();
        tokio::time::advance(Duration::from_secs(3_600)).await;
        let after = clock.now();
        assert_eq!(after.boot - before.boot, Duration::from_secs(3_600));
        let wall = SystemTime::from(after.wall).duration_since(before.wall.into()).unwrap();
        // The machine may run other work between the readings of two clocks.
        assert!(wall.abs_diff(Duration::from_secs(3_600)) < Duration::from_secs(60), "{wall:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_wall_clock_stands_still_with_paused_time() {
        let clock = SystemClock::new();
        let before = clock.now();
        while clock.std.elapsed() < 50 * APART {
            std::hint::spin_loop();
        }
        let drift = || clock.now().wall.as_nanos().abs_diff(before.wall.as_nanos());
        let least = (0..20).map(|_| drift()).min().unwrap();
        assert!(least < 25_000_000, "{least} ns of the machine's time");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reading_shortly_after_advances_both_alike() {
        let clock = SystemClock::new();
        let before = clock.now();
        assert_eq!(clock.shortly_after(before), before);
        tokio::time::advance(Duration::from_micros(300)).await;
        assert_eq!(clock.shortly_after(before), before.after(Duration::from_micros(300)));
    }

    #[tokio::test(start_paused = true)]
    async fn paused_time_that_stands_still_is_no_suspend() {
        let clock = SystemClock::new();
        while clock.boot.elapsed() < 2 * APART {
            std::hint::spin_loop();
        }
        assert_eq!(clock.now().boot, Instant::ZERO);
    }

    #[test]
    fn a_machine_that_is_awake_has_not_been_suspended() {
        let clock = SystemClock::new();
        assert!((0..1000).all(|_| clock.against_the_machine(clock.tokio.elapsed())[0] == Duration::ZERO));
    }
}
