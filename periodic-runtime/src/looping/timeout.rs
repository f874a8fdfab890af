use std::time::Duration;

use super::pace::{Lap, Rhythm};
use super::{FixedInterval, LoopError, Looping};

/// Calls at a fixed interval until a total time has passed. Created by
/// [`FixedInterval::every(..).timeout(..)`](super::Looping::timeout).
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use periodic_runtime::looping::{FixedInterval, LoopError};
///
/// let timeout = Duration::from_millis(250);
/// let call = FixedInterval::every(Duration::from_millis(100)).timeout(timeout).start(|| async {})?;
/// let after = Duration::from_millis(300);
/// assert_eq!(call.wait().await, Err(LoopError::TimedOut { after, timeout }));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FixedIntervalWithTimeout {
    fixed: FixedInterval,
    timeout: Duration,
}

impl Looping<FixedInterval> {
    /// Ends the loop with [`LoopError::TimedOut`] at the first call that ends more than `timeout` after the start.
    ///
    /// The initial delay counts. Neither a call nor a sleep is cut: the loop checks the time only when a call has
    /// ended. Zero means no timeout.
    pub fn timeout(self, timeout: Duration) -> Looping<FixedIntervalWithTimeout> {
        self.paced(|fixed| FixedIntervalWithTimeout { fixed, timeout })
    }
}

impl Rhythm for FixedIntervalWithTimeout {
    type Returned = ();

    const KIND: &'static str = "fixed interval looping call with timeout";

    fn begin(&mut self) {
        self.fixed.begin();
    }

    fn end(&mut self, name: &str) {
        self.fixed.end(name);
    }

    fn pause(&mut self, (): (), lap: Lap<'_>) -> Result<Duration, LoopError> {
        let pause = self.fixed.pause((), lap)?;
        let after = lap.since_start();
        if !self.timeout.is_zero() && after > self.timeout {
            return Err(LoopError::TimedOut { after, timeout: self.timeout });
        }
        Ok(pause)
    }

    fn pause_after_error(&mut self, lap: Lap<'_>) -> Result<Duration, LoopError> {
        self.pause((), lap)
    }
}
