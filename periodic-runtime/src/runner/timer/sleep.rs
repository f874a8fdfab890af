use std::pin::Pin;
use std::time::Duration;

use periodic_core::time::Instant;
use tokio::time::Sleep;

#[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
use super::precise::Precise;

/// Sleeps are cut to this, so that adding one to a reading never overflows, whatever the system.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// One moment, on the runner's clock and on tokio's, by which its timers go.
#[derive(Clone, Copy)]
pub(in crate::runner) struct Moment {
    clock: Instant,
    tokio: tokio::time::Instant,
}

impl Moment {
    /// The moment at which the runner's clock was read just now.
    pub(in crate::runner) fn at(clock: Instant) -> Self {
        Self { clock, tokio: tokio::time::Instant::now() }
    }

    /// How long it is from this moment to `instant`.
    pub(in crate::runner) fn until(self, instant: Instant) -> Duration {
        instant - self.clock
    }
}

/// Sleeps, again and again, by one timer.
pub(in crate::runner) struct Timer {
    sleep: Pin<Box<Sleep>>,
    #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
    precise: Option<Precise>,
}

impl Timer {
    /// Tokio's timer, or a precise one where that is wanted and can be opened.
    pub(in crate::runner) fn new(precise: bool) -> Self {
        #[cfg(not(all(feature = "precise", any(target_os = "linux", target_os = "android"))))]
        let _ = precise;
        Self {
            sleep: Box::pin(tokio::time::sleep(Duration::ZERO)),
            #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
            precise: if precise { Precise::open() } else { None },
        }
    }

    /// Sleeps until `length` after `since` has passed, never less.
    ///
    /// # Cancel safety
    /// Dropping the future ends the sleep; the timer can be used again.
    pub(in crate::runner) async fn sleep(&mut self, since: Moment, length: Duration) {
        let deadline = since.tokio + length.min(LONGEST);
        #[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
        if let Some(precise) = &mut self.precise
            && precise.sleep_until(deadline).await
        {
            return;
        }
        self.sleep.as_mut().reset(deadline);
        self.sleep.as_mut().await;
    }
}

/// Why there are no precise timers in this program; `None` where there are.
pub(in crate::runner) fn no_precise_timers() -> Option<&'static str> {
    if !cfg!(feature = "precise") {
        Some("it was built without the feature `precise`")
    } else if !cfg!(any(target_os = "linux", target_os = "android")) {
        Some("this system has none, they need Linux")
    } else {
        None
    }
}
