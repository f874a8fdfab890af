use std::fmt;
use std::time::Duration;

use super::pace::{Lap, Rhythm};
use super::{LoopError, Looping, gauss};
use crate::random::Random;

/// The mean of the factor of each sleep, unless another is set.
const JITTER: f64 = 0.75;

/// The standard deviation of the factor of each sleep.
const DEVIATION: f64 = 0.1;

/// Backs off while calls fail, and calls at a steady pace while they succeed.
///
/// The callback returns whether it succeeded. Each sleep has its own factor, drawn from a normal distribution around
/// the jitter, 0.75 by default:
///
/// - After a failure the loop sleeps twice the interval times that factor, between the minimum and the maximum
///   interval. Then the interval is multiplied by twice the jitter, so by 1.5 by default.
/// - After a success the interval is reset to the starting one, and the loop sleeps for it times that factor.
///
/// When the sleeps since the last success would exceed the timeout, the loop ends with [`LoopError::TimedOut`]; the
/// time of the calls does not count. A call that returns an error ends the loop; with
/// [`stop_on_error(false)`](Looping::stop_on_error) it counts as a failure.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::ops::ControlFlow::{Break, Continue};
/// use std::time::Duration;
/// use periodic_runtime::looping::Backoff;
/// use tokio::time::Instant;
///
/// let begun = Instant::now();
/// let mut answers = [Continue(false), Continue(false), Break("connected")].into_iter();
/// let call = Backoff::starting_at(Duration::from_secs(1)).gauss(|mean, _| mean).start(move || {
///     let answer = answers.next().unwrap_or(Continue(true));
///     async move { answer }
/// })?;
/// assert_eq!(call.wait().await?.value(), Some("connected"));
/// assert_eq!(begun.elapsed(), Duration::from_millis(1500 + 2250));
/// # Ok(())
/// # }
/// ```
pub struct Backoff {
    starting: Duration,
    min: Duration,
    max: Duration,
    timeout: Duration,
    jitter: f64,
    gauss: Box<dyn FnMut(f64, f64) -> f64 + Send>,
    /// In seconds, as a float: each sleep is a random draw and converted to a duration once, so there is no grid from
    /// which it could drift.
    interval: f64,
    /// The sum of the sleeps since the last success.
    slept: Duration,
}

impl Backoff {
    /// Creates a loop with this interval at the start and after each success. The original's default is 1 s.
    pub fn starting_at(interval: Duration) -> Looping<Self> {
        let mut random = Random::new();
        Looping::new(Self {
            starting: interval,
            min: Duration::from_millis(1),
            max: Duration::from_secs(300),
            timeout: Duration::from_secs(300),
            jitter: JITTER,
            gauss: Box::new(move |mean, deviation| gauss::draw(&mut random, mean, deviation)),
            interval: interval.as_secs_f64(),
            slept: Duration::ZERO,
        })
    }

    fn factor(&mut self) -> f64 {
        // The distribution is unbounded, and a sleep cannot be negative.
        let drawn = (self.gauss)(self.jitter, DEVIATION).abs();
        if drawn.is_finite() { drawn } else { self.jitter }
    }

    fn succeeded(&mut self) -> Duration {
        self.begin();
        seconds(self.interval * self.factor())
    }

    fn failed(&mut self) -> Result<Duration, LoopError> {
        let (min, max) = (self.min.as_secs_f64(), self.max.as_secs_f64());
        let pause = seconds((self.interval * 2.0 * self.factor()).max(min).min(max));
        self.interval = (self.interval * 2.0 * self.jitter).max(min);
        let after = self.slept.saturating_add(pause);
        if !self.timeout.is_zero() && after > self.timeout {
            return Err(LoopError::TimedOut { after, timeout: self.timeout });
        }
        self.slept = after;
        Ok(pause)
    }
}

/// Converts seconds; a value that is not a number, negative or too long becomes the longest duration.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

impl Looping<Backoff> {
    /// Sets the minimum sleep after a failure: 1 ms by default.
    pub fn min_interval(self, least: Duration) -> Self {
        self.paced(|backoff| Backoff { min: least, ..backoff })
    }

    /// Sets the maximum sleep after a failure: 300 s by default.
    pub fn max_interval(self, greatest: Duration) -> Self {
        self.paced(|backoff| Backoff { max: greatest, ..backoff })
    }

    /// Sets the maximum sum of sleeps between two successes: 300 s by default; zero means no limit.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.paced(|backoff| Backoff { timeout, ..backoff })
    }

    /// Sets the mean of the factor of each sleep, which is half of the interval's growth: 0.75 by default.
    ///
    /// A number that is negative, infinite or none counts as the default.
    pub fn jitter(self, jitter: f64) -> Self {
        let jitter = if jitter.is_finite() && jitter >= 0.0 { jitter } else { JITTER };
        self.paced(|backoff| Backoff { jitter, ..backoff })
    }

    /// Sets the function that draws the factors from the mean and the standard deviation. For tests.
    ///
    /// A factor that is infinite or no number counts as the mean.
    pub fn gauss(self, gauss: impl FnMut(f64, f64) -> f64 + Send + 'static) -> Self {
        self.paced(|backoff| Backoff { gauss: Box::new(gauss), ..backoff })
    }
}

impl Rhythm for Backoff {
    type Returned = bool;

    const KIND: &'static str = "dynamic backoff interval looping call";

    fn begin(&mut self) {
        self.interval = self.starting.as_secs_f64();
        self.slept = Duration::ZERO;
    }

    fn pause(&mut self, succeeded: bool, _: Lap<'_>) -> Result<Duration, LoopError> {
        if !succeeded {
            return self.failed();
        }
        Ok(self.succeeded())
    }

    fn pause_after_error(&mut self, _: Lap<'_>) -> Result<Duration, LoopError> {
        self.failed()
    }
}

impl fmt::Debug for Backoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backoff")
            .field("starting", &self.starting)
            .field("min", &self.min)
            .field("max", &self.max)
            .field("timeout", &self.timeout)
            .field("jitter", &self.jitter)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jitter_that_is_no_share_counts_as_the_default() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
            let by_jitter = Backoff::starting_at(Duration::from_secs(4)).jitter(number).gauss(|mean, _| mean);
            let by_draws = Backoff::starting_at(Duration::from_secs(4))
                .gauss(move |mean, _| if number.is_finite() { mean } else { number });
            for looping in [by_jitter, by_draws] {
                let mut pauses = Vec::new();
                let _ = looping.paced(|mut backoff| {
                    pauses.push(backoff.succeeded());
                    pauses.extend([(); 2].map(|()| backoff.failed().unwrap()));
                    pauses.push(backoff.succeeded());
                    backoff
                });
                assert_eq!(pauses, [3, 6, 9, 3].map(Duration::from_secs), "{number}");
            }
        }
    }
}
