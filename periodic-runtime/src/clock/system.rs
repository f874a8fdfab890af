use std::time::{Duration, Instant as StdInstant, SystemTime};

use periodic_core::time::{Alarm, Clock, Instant, Now, Timestamp};

/// The machine's clocks, seen through tokio.
///
/// The boot-time reading counts through suspend on Linux, Android, OpenBSD and Apple's systems. Under tokio's paused
/// time both readings follow that, so a test that starts its runtime paused needs no clock of its own.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    tokio: tokio::time::Instant,
    std: StdInstant,
    boot: boot_time::Instant,
}

impl SystemClock {
    /// A clock whose instants count from now.
    pub fn new() -> Self {
        Self { tokio: tokio::time::Instant::now(), std: StdInstant::now(), boot: boot_time::Instant::now() }
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
        Now {
            boot: Instant::ZERO + awake + self.asleep(),
            wall: Timestamp::from(SystemTime::now()) + self.ahead(awake),
        }
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        Some(Box::pin(tokio::time::sleep(deadline - self.now().boot)))
    }
}

impl SystemClock {
    /// How long the machine has been suspended since the clock was made; nothing where the system does not tell.
    fn asleep(&self) -> Duration {
        let asleep = self.boot.elapsed().saturating_sub(self.std.elapsed());
        // Two readings cannot be made at once; what lies between them is no suspend.
        if asleep < Duration::from_millis(1) { Duration::ZERO } else { asleep }
    }

    /// How far a paused runtime's time is ahead of the machine's.
    fn ahead(&self, awake: Duration) -> Duration {
        // A running runtime's time is the machine's, but for the moment between both readings.
        let ahead = awake.saturating_sub(self.std.elapsed());
        if ahead < Duration::from_millis(1) { Duration::ZERO } else { ahead }
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
        // The machine's own time goes on meanwhile, so the wall clock is not exact under paused time.
        assert!(wall.abs_diff(Duration::from_secs(3_600)) < Duration::from_secs(60), "{wall:?}");
    }

    #[test]
    fn a_machine_that_is_awake_has_not_been_suspended() {
        let clock = SystemClock::new();
        assert!((0..1000).all(|_| clock.asleep() == Duration::ZERO));
    }
}
