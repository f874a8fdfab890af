use std::time::Duration;

use super::pace::{Pace, Rhythm};
use super::repeat::Repeat;
use super::{Async, Blocking, CallOutput, Callback, LoopingCall, StartError};

/// The value of `Break`, in the output of a future or of a function.
pub(crate) type Broke<P, O> = <O as CallOutput<<P as Rhythm>::Returned>>::Value;

/// A looping call before it has its callback: a pace, and the options that all paces share.
///
/// Created by [`FixedInterval::every`](super::FixedInterval::every), [`Dynamic::at_most`](super::Dynamic::at_most),
/// [`Dynamic::unbounded`](super::Dynamic::unbounded) and [`Backoff::starting_at`](super::Backoff::starting_at).
#[derive(Clone, Debug)]
#[must_use = "a looping call does nothing until it is started"]
pub struct Looping<P> {
    pace: P,
    name: Option<String>,
    initial_delay: Duration,
    stop_on_error: bool,
}

impl<P: Pace> Looping<P> {
    pub(super) fn new(pace: P) -> Self {
        Self { pace, name: None, initial_delay: Duration::ZERO, stop_on_error: true }
    }

    pub(super) fn paced<Q>(self, change: impl FnOnce(P) -> Q) -> Looping<Q> {
        let Self { pace, name, initial_delay, stop_on_error } = self;
        Looping { pace: change(pace), name, initial_delay, stop_on_error }
    }

    /// Sets the wait before the first call. If the loop is stopped meanwhile, the callback is never called.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.initial_delay = delay;
        self
    }

    /// Sets whether a callback that fails or panics ends the loop, the default. With `false` the failure is logged, and
    /// the loop keeps its interval.
    pub fn stop_on_error(mut self, stop: bool) -> Self {
        self.stop_on_error = stop;
        self
    }

    /// Sets the name of the call in logs. The default is the callback's type name, which names the place in the code.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds an async callback, without starting the call.
    pub fn call<F, Fut>(self, callback: F) -> LoopingCall<Broke<P, Fut::Output>>
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output: CallOutput<P::Returned>> + Send,
    {
        LoopingCall::new(self.repeat::<F, _>(Async(callback)))
    }

    /// Adds a plain callback, called on tokio's blocking pool, without starting the call.
    pub fn call_blocking<F, O>(self, callback: F) -> LoopingCall<Broke<P, O>>
    where
        F: FnMut() -> O + Send + 'static,
        O: CallOutput<P::Returned>,
    {
        LoopingCall::new(self.repeat::<F, _>(Blocking(Some(callback))))
    }

    /// Adds an async callback and starts the call.
    ///
    /// # Errors
    /// When it is called outside a tokio runtime.
    pub fn start<F, Fut>(self, callback: F) -> Result<LoopingCall<Broke<P, Fut::Output>>, StartError>
    where
        F: FnMut() -> Fut + Send + 'static,
        Fut: Future<Output: CallOutput<P::Returned>> + Send,
    {
        let call = self.call(callback);
        call.start()?;
        Ok(call)
    }

    /// Adds a plain callback, called on tokio's blocking pool, and starts the call.
    ///
    /// # Errors
    /// When it is called outside a tokio runtime.
    pub fn start_blocking<F, O>(self, callback: F) -> Result<LoopingCall<Broke<P, O>>, StartError>
    where
        F: FnMut() -> O + Send + 'static,
        O: CallOutput<P::Returned>,
    {
        let call = self.call_blocking(callback);
        call.start()?;
        Ok(call)
    }

    /// `F` is the type of the user's callback, which is the default name.
    pub(crate) fn repeat<F, C: Callback<P::Returned>>(self, callback: C) -> Repeat<P, C> {
        let Self { pace, name, initial_delay, stop_on_error } = self;
        let name = name.unwrap_or_else(|| std::any::type_name::<F>().to_owned());
        Repeat { pace, callback, name, initial_delay, stop_on_error }
    }
}
