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

/// A timer of the kernel's in tokio's reactor. It knows nanoseconds, where tokio's own knows milliseconds, and counts
/// the time that the machine is suspended.
pub(super) struct Precise {
    timer: AsyncFd<OwnedFd>,
}

impl Precise {
    /// Nothing where the kernel refuses: a daemon that starts tasks a millisecond late is better than none.
    ///
    /// # Panics
    /// Outside a tokio runtime, and in one whose I/O is not enabled.
    #[allow(
        deprecated,
        reason = "what is safe of `AsyncFd`; its successor is `unsafe` for descriptors that others may close, and this one is owned"
    )]
    pub(super) fn open() -> Option<Self> {
        let opened = timerfd_create(TimerfdClockId::Boottime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)
            .map_err(io::Error::from)
            .and_then(|timer| AsyncFd::with_interest(timer, Interest::READABLE));
        match opened {
            Ok(timer) => Some(Self { timer }),
            Err(error) => {
                warn!(%error, "there is no precise timer; periodic tasks start by tokio's, up to 2 ms late");
                None
            }
        }
    }

    /// Sleeps until `deadline` has passed, and says so; or says at once that this timer cannot be used for it.
    pub(super) async fn sleep_until(&self, deadline: tokio::time::Instant) -> bool {
        let Some(length) = until(deadline) else { return false };
        let deadline = boot_time() + length;
        // Arming it takes back what it has to tell of the time before.
        let Ok(()) = self.arm(deadline) else { return false };
        loop {
            let Ok(mut ready) = self.timer.readable().await else { return false };
            // Not read: each expiry is told to the reactor anew, and a read would be one system call more.
            ready.clear_ready();
            if boot_time() >= deadline {
                return true;
            }
        }
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

/// How long it is until `deadline`; nothing where tokio's time is a test's and not the machine's.
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

    /// Begins to sleep and gives it up.
    async fn give_up(timer: &Precise, deadline: Instant) {
        let mut sleep = pin!(timer.sleep_until(deadline));
        poll_fn(|cx| {
            assert!(sleep.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }

    async fn sleep(timer: &Precise, deadline: Instant) {
        assert!(timer.sleep_until(deadline).await);
        assert!(Instant::now() >= deadline);
    }

    #[tokio::test]
    async fn it_ends_at_its_deadline_again_and_again() {
        let timer = Precise::open().unwrap();
        for _ in 0..3 {
            sleep(&timer, Instant::now() + SOON).await;
        }
        sleep(&timer, Instant::now()).await;
    }

    #[tokio::test]
    async fn an_earlier_deadline_takes_the_place_of_a_later_one() {
        let timer = Precise::open().unwrap();
        give_up(&timer, Instant::now() + HOUR).await;
        sleep(&timer, Instant::now() + SOON).await;
    }

    #[tokio::test]
    async fn what_expired_while_nobody_waited_does_not_end_the_next_sleep() {
        let (timer, other) = (Precise::open().unwrap(), Precise::open().unwrap());
        let first = Instant::now() + SOON;
        give_up(&timer, first).await;
        sleep(&other, first + SOON).await;
        sleep(&timer, Instant::now() + SOON).await;
    }

    #[tokio::test]
    async fn one_that_is_dropped_leaves_nothing_behind() {
        let open = || std::fs::read_dir("/proc/self/fd").unwrap().count();
        let before = open();
        let timers: Vec<_> = (0..200).map(|_| Precise::open().unwrap()).collect();
        for timer in &timers {
            give_up(timer, Instant::now() + HOUR).await;
        }
        drop(timers);
        // Other tests open and close theirs meanwhile.
        assert!(open() < before + 100);
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_not_used_under_paused_time() {
        let timer = Precise::open().unwrap();
        assert!(!timer.sleep_until(Instant::now() + SOON).await);
        tokio::time::advance(HOUR).await;
        assert!(!timer.sleep_until(Instant::now() + SOON).await, "nor where that is ahead of the machine's");
    }
}
