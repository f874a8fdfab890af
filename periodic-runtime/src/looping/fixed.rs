use std::time::Duration;

use periodic_core::schedule::nearest_boundary;
use periodic_core::task::Interval;
use periodic_core::time::Instant;

use super::pace::{Lap, Rhythm};
use super::{LoopError, Looping, events};
use crate::folded::Folded;

/// Calls at a fixed interval, on the grid that starts with the first call.
///
/// The grid does not drift, however long the calls take. A call that outlasts the interval is logged at WARN with the
/// excess; the next call starts immediately, and later calls are on the grid again. Slots that pass during a call are
/// served by one call together.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::{Arc, Mutex};
/// use std::time::Duration;
/// use periodic_runtime::looping::FixedInterval;
/// use tokio::time::{Instant, sleep};
///
/// let begun = Instant::now();
/// let calls = Arc::new(Mutex::new(Vec::new()));
/// let noted = Arc::clone(&calls);
/// let call = FixedInterval::every(Duration::from_secs(10)).start(move || {
///     let nth = {
///         let mut calls = noted.lock().unwrap();
///         calls.push(begun.elapsed().as_secs());
///         calls.len()
///     };
///     // The first call outlasts two slots.
///     sleep(Duration::from_secs(if nth == 1 { 25 } else { 1 }))
/// })?;
/// sleep(Duration::from_secs(45)).await;
/// call.stop();
/// assert!(call.wait().await?.is_stopped());
/// assert_eq!(*calls.lock().unwrap(), [0, 25, 30, 40]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FixedInterval {
    interval: Duration,
    /// The slot of the last call.
    slot: Option<Instant>,
    outlasted: Folded,
}

impl FixedInterval {
    /// Creates a loop that calls every `interval`. With an interval of zero, calls follow each other without a pause.
    pub fn every(interval: Duration) -> Looping<Self> {
        Looping::new(Self { interval, slot: None, outlasted: Folded::default() })
    }

    fn next(&mut self, lap: Lap<'_>) -> Duration {
        let (interval, elapsed) = (self.interval, lap.elapsed());
        if elapsed > interval
            && let Some(repeats) = self.outlasted.happens(1, lap.ended)
        {
            events::outlasted(Self::KIND, lap.name, elapsed, interval, repeats);
        }
        let slot = *self.slot.get_or_insert(lap.began);
        let next = slot + interval;
        if lap.ended < next {
            self.slot = Some(next);
            return next - lap.ended;
        }
        // One call serves all slots that have passed, and takes the place of the latest.
        self.slot = match Interval::from_duration(interval).spacing() {
            Some(spacing) if !interval.is_zero() => Some(nearest_boundary(Some(slot), spacing, lap.ended)),
            _ => Some(lap.ended),
        };
        Duration::ZERO
    }
}

impl Rhythm for FixedInterval {
    type Returned = ();

    const KIND: &'static str = "fixed interval looping call";

    fn begin(&mut self) {
        self.slot = None;
        self.outlasted = Folded::default();
    }

    fn end(&mut self, name: &str) {
        events::unsaid(Self::KIND, name, "a run outlasted its interval", &mut self.outlasted);
    }

    fn pause(&mut self, (): (), lap: Lap<'_>) -> Result<Duration, LoopError> {
        Ok(self.next(lap))
    }

    fn pause_after_error(&mut self, lap: Lap<'_>) -> Result<Duration, LoopError> {
        Ok(self.next(lap))
    }
}
