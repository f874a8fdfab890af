use std::time::Duration;

use periodic_core::time::Instant;

use super::LoopError;

/// The rule for the sleep between two calls of a looping call.
///
/// Implemented by the kinds of this module; other crates cannot implement it.
pub trait Pace: Rhythm {}

impl<P: Rhythm> Pace for P {}

/// The methods of [`Pace`], inaccessible to other crates.
pub trait Rhythm: Send + 'static {
    /// The value that a callback returns after each call.
    type Returned: Send + 'static;

    /// The name of the kind, for errors and events.
    const KIND: &'static str;

    /// Resets the state of an earlier run.
    fn begin(&mut self);

    /// Logs the failures that were only counted.
    fn end(&mut self, name: &str) {
        let _ = name;
    }

    /// Returns the sleep after a call.
    fn pause(&mut self, said: Self::Returned, lap: Lap<'_>) -> Result<Duration, LoopError>;

    /// Returns the sleep after a failed call, if the loop continues.
    fn pause_after_error(&mut self, lap: Lap<'_>) -> Result<Duration, LoopError>;
}

/// One call: the loop's name, and the call's begin and end, on a clock that starts with the loop.
#[derive(Clone, Copy)]
pub struct Lap<'a> {
    pub(super) name: &'a str,
    pub(super) began: Instant,
    pub(super) ended: Instant,
}

impl Lap<'_> {
    pub(super) fn elapsed(self) -> Duration {
        self.ended - self.began
    }

    /// Returns the time from the start of the loop, initial delay included, to the end of the call.
    pub(super) fn since_start(self) -> Duration {
        self.ended - Instant::ZERO
    }
}
