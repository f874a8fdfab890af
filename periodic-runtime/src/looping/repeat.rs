use std::ops::ControlFlow;
use std::pin::Pin;
use std::time::Duration;

use periodic_core::task::Cancellation;
use periodic_core::time::Instant;

use super::pace::{Lap, Pace};
use super::{Callback, End, LoopError, Outcome, events};
use crate::folded::Folded;

/// A loop of any pace and callback.
pub(crate) trait Repeated<T>: Send {
    /// Returns the name of the kind, for errors.
    fn kind(&self) -> &'static str;

    /// Returns the name of the call, for events.
    fn name(&self) -> &str;

    /// Whether an active call cannot be cut.
    fn blocking(&self) -> bool;

    /// Calls the callback until it ends the loop or `stop` is cancelled. May be called again.
    ///
    /// # Cancel safety
    /// Dropping the future cuts the active call.
    fn run<'a>(&'a mut self, stop: &'a Cancellation)
    -> Pin<Box<dyn Future<Output = Outcome<T>> + Send + 'a>>;
}

/// A pace and a callback, with their options.
pub(crate) struct Repeat<P, C> {
    pub(super) pace: P,
    pub(super) callback: C,
    pub(super) name: String,
    pub(super) initial_delay: Duration,
    pub(super) stop_on_error: bool,
}

impl<P: Pace, C: Callback<P::Returned>> Repeated<C::Value> for Repeat<P, C> {
    fn kind(&self) -> &'static str {
        P::KIND
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn blocking(&self) -> bool {
        C::BLOCKING
    }

    fn run<'a>(
        &'a mut self,
        stop: &'a Cancellation,
    ) -> Pin<Box<dyn Future<Output = Outcome<C::Value>> + Send + 'a>> {
        Box::pin(async move {
            let mut failed = Folded::default();
            let outcome = self.repeat(stop, &mut failed).await;
            self.pace.end(&self.name);
            match &outcome {
                Err(cause) => {
                    events::failed(P::KIND, &self.name, cause, false, failed.take_unsaid().unwrap_or(0));
                }
                Ok(_) => events::unsaid(P::KIND, &self.name, "looping call failed", &mut failed),
            }
            outcome
        })
    }
}

impl<P: Pace, C: Callback<P::Returned>> Repeat<P, C> {
    async fn repeat(&mut self, stop: &Cancellation, failed: &mut Folded) -> Outcome<C::Value> {
        let origin = tokio::time::Instant::now();
        let now = || Instant::ZERO + origin.elapsed();
        self.pace.begin();
        let mut pause = self.initial_delay;
        loop {
            if !slept(pause, stop).await {
                return Ok(End::Stopped);
            }
            let began = now();
            let answer = self.callback.call(events::span(P::KIND, &self.name)).await;
            let lap = Lap { name: &self.name, began, ended: now() };
            // The result of the last call counts, even if the loop was stopped meanwhile.
            let said = match answer {
                Ok(ControlFlow::Break(value)) => return Ok(End::Value(value)),
                Ok(ControlFlow::Continue(said)) => Some(said),
                Err(cause) if self.stop_on_error || cause == LoopError::Cut => return Err(cause),
                Err(cause) => {
                    if let Some(repeats) = failed.happens(1, lap.ended) {
                        events::failed(P::KIND, &self.name, &cause, true, repeats);
                    }
                    None
                }
            };
            if stop.is_cancelled() {
                return Ok(End::Stopped);
            }
            pause = match said {
                Some(said) => self.pace.pause(said, lap)?,
                None => self.pace.pause_after_error(lap)?,
            };
            events::sleeps(P::KIND, &self.name, pause);
        }
    }
}

/// Sleeps; returns whether it slept to the end.
async fn slept(pause: Duration, stop: &Cancellation) -> bool {
    if pause.is_zero() {
        // A callback that never waits must not keep its thread from other tasks, or block a call of `stop`.
        tokio::task::yield_now().await;
        return !stop.is_cancelled();
    }
    tokio::select! {
        biased;
        () = stop.cancelled() => false,
        () = tokio::time::sleep(pause) => true,
    }
}
