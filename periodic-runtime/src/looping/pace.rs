use std::time::Duration;

use periodic_core::time::Instant;

use super::LoopError;

/// What decides how long a looping call sleeps between two calls.
///
/// It is implemented by the kinds of this module, and cannot be implemented elsewhere.
pub trait Pace: Rhythm {}

impl<P: Rhythm> Pace for P {}

/// The working half of [`Pace`], out of reach for other crates.
pub trait Rhythm: Send + 'static {
    /// What a callback says after each call.
    type Said: Send + 'static;

    /// For errors and events.
    const KIND: &'static str;

    /// Forgets what was learned in an earlier run.
    fn begin(&mut self);

    /// Logs what was only counted.
    fn end(&mut self, name: &str) {
        let _ = name;
    }

    /// How long to sleep after a call.
    fn pause(&mut self, said: Self::Said, lap: Lap<'_>) -> Result<Duration, LoopError>;

    /// How long to sleep after a call that failed, where the loop goes on.
    fn pause_after_error(&mut self, lap: Lap<'_>) -> Result<Duration, LoopError>;
}

/// One call: whose, and when it began and ended, on a clock that starts with the loop.
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

    /// From the start of the loop, initial delay included, to the end of the call.
    pub(super) fn since_start(self) -> Duration {
        self.ended - Instant::ZERO
    }
}
