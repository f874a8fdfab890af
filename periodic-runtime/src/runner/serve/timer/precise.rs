use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::time::{
    ClockId, Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, clock_gettime,
    timerfd_create, timerfd_settime,
};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tracing::warn;

use crate::catch_panic::catch_subscriber;

/// The most by which the alarm is set before the deadline.
const MOST_AHEAD: Duration = Duration::from_micros(30);

/// A kernel timer in tokio's reactor. Its unit is a nanosecond, while that of tokio's own is a millisecond, and it
/// counts the time in which the machine is suspended.
pub(super) struct Precise {
    timer: AsyncFd<OwnedFd>,
    /// The time of a quick wake-up of the machine; the alarm is set earlier by it.
    ahead: Duration,
}

impl Precise {
    /// Opens a timer; `None` if the kernel refuses, because a daemon that starts tasks a millisecond late is better
    /// than none.
    ///
    /// # Panics
    /// Outside a tokio runtime, and in one whose I/O is not enabled.
    #[allow(
        deprecated,
        reason = "its successor is `unsafe`, for descriptors that others may close; this one is owned"
    )]
    pub(super) fn open() -> Option<Self> {
        let opened = timerfd_create(TimerfdClockId::Boottime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)
            .map_err(io::Error::from)
            .and_then(|timer| AsyncFd::with_interest(timer, Interest::READABLE));
        match opened {
            Ok(timer) => Some(Self { timer, ahead: Duration::ZERO }),
            Err(error) => {
                catch_subscriber(
                    || warn!(%error, "no precise timer; tokio's timer starts periodic tasks, up to 2 ms late"),
                );
                None
            }
        }
    }

    /// Sleeps until `deadline` has passed, and returns true; returns false at once if this timer cannot be used for
    /// it.
    pub(super) async fn sleep_until(&mut self, deadline: tokio::time::Instant) -> bool {
        let Some(length) = until(deadline) else { return false };
        let now = boot_time();
        let deadline = now + length;
        let alarm = deadline.saturating_sub(self.ahead);
        if alarm > now {
            // Arming it discards earlier expiries.
            let Ok(()) = self.arm(alarm) else { return false };
            loop {
                let Ok(mut ready) = self.timer.readable().await else { return false };
                // Not read: each expiry is reported to the reactor anew, and a read would be one more system call.
                ready.clear_ready();
                if let Some(needed) = boot_time().checked_sub(alarm) {
                    self.ahead = ahead(self.ahead, needed);
                    break;
                }
            }
        }
        // The rest is a few microseconds, too short for another alarm.
        while boot_time() < deadline {
            std::hint::spin_loop();
        }
        true
    }

    fn arm(&self, deadline: Duration) -> io::Result<()> {
        let never = Timespec { tv_sec: 0, tv_nsec: 0 };
        let once = Itimerspec {
            it_interval: never,
            it_value: deadline.try_into().map_err(|_| io::ErrorKind::InvalidInput)?,
        };
        timerfd_settime(&self.timer, TimerfdTimerFlags::ABSTIME, &once)?;
        Ok(())
    }
}

/// Returns the lead of the next alarm before its deadline. The last lead was `before`, and the machine took `needed` to
/// wake up.
///
/// It follows the quick wake-ups: an early wake-up is waited out, which costs more than a late one.
fn ahead(before: Duration, needed: Duration) -> Duration {
    match needed.checked_sub(before) {
        Some(more) => (before + more / 32).min(MOST_AHEAD),
        None => before.saturating_sub(before.saturating_sub(needed) / 4),
    }
}

/// Returns the time until `deadline`; `None` if tokio's time is that of a test.
fn until(deadline: tokio::time::Instant) -> Option<Duration> {
    let before = Instant::now();
    let now = tokio::time::Instant::now();
    let real = (before..=Instant::now()).contains(&now.into_std());
    real.then(|| deadline.saturating_duration_since(now))
}

fn boot_time() -> Duration {
    // The kernel's clocks are not negative.
    Duration::try_from(clock_gettime(ClockId::Boottime)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;

    use tokio::time::Instant;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);
    const SOON: Duration = Duration::from_millis(2);

    /// Begins to sleep and drops the future.
    async fn give_up(timer: &mut Precise, deadline: Instant) {
        let mut sleep = pin!(timer.sleep_until(deadline));
        poll_fn(|cx| {
            assert!(sleep.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }

    async fn sleep(timer: &mut Precise, deadline: Instant) {
        assert!(timer.sleep_until(deadline).await);
        assert!(Instant::now() >= deadline);
    }

    #[test]
    fn the_alarm_is_as_early_as_quick_wake_ups_need() {
        let [quick, slow] = [8, 20].map(Duration::from_micros);
        let after = |needed: &[Duration], before| {
            needed.iter().cycle().take(1_000).fold(before, |before, one| ahead(before, *one))
        };
        let learnt = after(&[slow], Duration::ZERO);
        assert!(learnt > slow * 9 / 10 && learnt <= slow, "{learnt:?}");
        let learnt = after(&[slow, quick], learnt);
        assert!(learnt > quick && learnt < (quick + slow) / 2, "{learnt:?}");
        assert_eq!(after(&[Duration::from_secs(1)], learnt), MOST_AHEAD);
    }

    #[tokio::test]
    async fn it_ends_at_its_deadline_again_and_again() {
        let mut timer = Precise::open().unwrap();
        for _ in 0..3 {
            sleep(&mut timer, Instant::now() + SOON).await;
        }
        sleep(&mut timer, Instant::now()).await;
    }

    #[tokio::test]
    async fn an_earlier_deadline_takes_the_place_of_a_later_one() {
        let mut timer = Precise::open().unwrap();
        give_up(&mut timer, Instant::now() + HOUR).await;
        sleep(&mut timer, Instant::now() + SOON).await;
    }

    #[tokio::test]
    async fn what_expired_while_nobody_waited_does_not_end_the_next_sleep() {
        let (mut timer, mut other) = (Precise::open().unwrap(), Precise::open().unwrap());
        let first = Instant::now() + SOON;
        give_up(&mut timer, first).await;
        sleep(&mut other, first + SOON).await;
        give_up(&mut timer, Instant::now() + 50 * SOON).await;
        sleep(&mut timer, Instant::now() + SOON).await;
    }

    #[tokio::test]
    async fn one_that_is_dropped_leaves_nothing_behind() {
        let open = || std::fs::read_dir("/proc/self/fd").unwrap().count();
        let before = open();
        let mut timers: Vec<_> = (0..200).map(|_| Precise::open().unwrap()).collect();
        for timer in &mut timers {
            give_up(timer, Instant::now() + HOUR).await;
        }
        drop(timers);
        // Other tests open and close theirs meanwhile.
        assert!(open() < before + 100);
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_not_used_under_paused_time() {
        let mut timer = Precise::open().unwrap();
        assert!(!timer.sleep_until(Instant::now() + SOON).await);
        tokio::time::advance(HOUR).await;
        assert!(!timer.sleep_until(Instant::now() + SOON).await, "nor where that is ahead of the machine's");
    }
}
