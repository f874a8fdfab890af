use std::time::Duration;

use periodic_core::task::Spacing;

use super::pace::{Lap, Rhythm};
use super::{LoopError, Looping};

/// Calls again after the delay that the callback returned.
///
/// The callback says `Some(delay)`, which is counted from the call's end, or `None` for the greatest delay.
/// After a call that failed, where [`stop_on_error(false)`](Looping::stop_on_error) lets the loop go on, it
/// sleeps as long as the last time; the first time for the greatest delay, or 60 s if there is none.
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
    /// Caps what the callback returns at `max`, which is also what `None` means.
    pub fn at_most(max: Duration) -> Looping<Self> {
        Looping::new(Self { max: Some(max), last: None })
    }

    /// Takes any delay. A callback that returns `None` ends the loop with [`LoopError::NoDelay`].
    pub fn unbounded() -> Looping<Self> {
        Looping::new(Self { max: None, last: None })
    }
}

impl Rhythm for Dynamic {
    type Said = Option<Duration>;

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
