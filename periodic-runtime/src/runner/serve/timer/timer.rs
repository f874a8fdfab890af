use std::pin::Pin;
use std::time::Duration;

use periodic_core::time::Instant;
use tokio::time::Sleep;

#[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
use super::precise::Precise;

/// The longest sleep, so that adding one to a reading never overflows on any system.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// The tick of tokio's timers. They sleep for whole ticks, and for one more if the deadline is after the next.
const TICK: Duration = Duration::from_millis(1);

/// One moment, on the runner's clock and on tokio's, which the timers use.
#[derive(Clone, Copy)]
pub(in crate::runner) struct Moment {
    clock: Instant,
    tokio: tokio::time::Instant,
}

impl Moment {
    /// Returns the moment at which the runner's clock was read just now.
    pub(in crate::runner) fn at(clock: Instant) -> Self {
        Self { clock, tokio: tokio::time::Instant::now() }
    }

    /// Returns the time from this moment to `instant`.
    pub(in crate::runner) fn until(self, instant: Instant) -> Duration {
        instant - self.clock
    }
}

/// The reusable timer of the serving loop.
pub(in crate::runner) struct Timer {
    sleep: Pin<Box<Sleep>>,
    #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
    precise: Option<Precise>,
}

impl Timer {
    /// Creates a tokio timer, or a precise one if that is requested and can be opened.
    pub(in crate::runner) fn new(precise: bool) -> Self {
        #[cfg(not(all(feature = "precise", any(target_os = "linux", target_os = "android"))))]
        let _ = precise;
        Self {
            sleep: Box::pin(tokio::time::sleep(Duration::ZERO)),
            #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
            precise: if precise { Precise::open() } else { None },
        }
    }

    /// Sleeps until `length` after `since` has passed, never less. A `busy` runner sleeps for at least a tick, so that
    /// slots which the timer cannot tell apart start together. They start no later than without it.
    ///
    /// # Cancel safety
    /// Dropping the future ends the sleep; the timer can be used again.
    pub(in crate::runner) async fn sleep(&mut self, since: Moment, length: Duration, busy: bool) {
        let deadline = since.tokio + length.min(LONGEST);
        #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
        if let Some(precise) = &mut self.precise
            && precise.sleep_until(deadline).await
        {
            return;
        }
        let earliest = since.tokio + if busy { TICK } else { Duration::ZERO };
        self.sleep.as_mut().reset(deadline.max(earliest));
        self.sleep.as_mut().await;
    }
}

/// Returns why there are no precise timers in this program; `None` if there are.
pub(in crate::runner) fn no_precise_timers() -> Option<&'static str> {
    if !cfg!(feature = "precise") {
        Some("it was built without the feature `precise`")
    } else if !cfg!(any(target_os = "linux", target_os = "android")) {
        Some("precise timers need Linux")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_busy_runner_wakes_up_no_more_than_its_timer_can_tell_apart() {
        let mut timer = Timer::new(false);
        for (busy, woken_after) in [(false, 1_300), (true, 2_300)] {
            let begun = tokio::time::Instant::now();
            tokio::time::advance(Duration::from_micros(300)).await;
            timer.sleep(Moment::at(Instant::ZERO), Duration::from_micros(200), busy).await;
            // Whole milliseconds from when it falls asleep.
            assert_eq!(begun.elapsed().as_micros(), woken_after, "{busy}");
        }
    }
}
