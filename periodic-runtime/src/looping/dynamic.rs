use std::time::Duration;

use periodic_core::task::Spacing;

use super::pace::{Lap, Rhythm};
use super::{LoopError, Looping};

/// Calls again after the delay that the callback returned.
///
/// The callback returns `Some(delay)`, counted from the call's end, or `None` for the maximum delay. After a failed
/// call with [`stop_on_error(false)`](Looping::stop_on_error), the loop repeats its last sleep. The first time it
/// sleeps for the maximum delay, or 60 s without one.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::ops::ControlFlow::{Break, Continue};
/// use std::time::Duration;
/// use periodic_runtime::looping::Dynamic;
/// use tokio::time::Instant;
///
/// let begun = Instant::now();
/// let mut answers = [Continue(Some(Duration::from_secs(2))), Continue(None), Break(())].into_iter();
/// let call = Dynamic::at_most(Duration::from_secs(60)).start(move || {
///     let answer = answers.next().unwrap_or(Break(()));
///     async move { answer }
/// })?;
/// call.wait().await?;
/// assert_eq!(begun.elapsed(), Duration::from_secs(62));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Dynamic {
    max: Option<Duration>,
    last: Option<Duration>,
}

impl Dynamic {
    /// Creates a loop whose delays are at most `max`; `None` means `max`, too.
    pub fn at_most(max: Duration) -> Looping<Self> {
        Looping::new(Self { max: Some(max), last: None })
    }

    /// Creates a loop without a maximum delay. A callback that returns `None` ends it with [`LoopError::NoDelay`].
    pub fn unbounded() -> Looping<Self> {
        Looping::new(Self { max: None, last: None })
    }
}

impl Rhythm for Dynamic {
    type Returned = Option<Duration>;

    const KIND: &'static str = "dynamic interval looping call";

    fn begin(&mut self) {
        self.last = None;
    }

    fn pause(&mut self, delay: Option<Duration>, _: Lap<'_>) -> Result<Duration, LoopError> {
        let pause = match (delay, self.max) {
            (Some(delay), Some(max)) => delay.min(max),
            (Some(pause), None) | (None, Some(pause)) => pause,
            (None, None) => return Err(LoopError::NoDelay),
        };
        self.last = Some(pause);
        Ok(pause)
    }

    fn pause_after_error(&mut self, _: Lap<'_>) -> Result<Duration, LoopError> {
        Ok(self.last.or(self.max).unwrap_or(Spacing::DEFAULT.as_duration()))
    }
}
