use std::ops::ControlFlow;

use periodic_core::task::TaskError;
use tracing::{Instrument, Span};

use super::{CallOutput, LoopError};
use crate::catch_panic::{catch_panic, catch_panic_async, catch_subscriber};
use crate::owned::Owned;

/// A user's callback, called in the way that its kind needs.
pub(crate) trait Callback<S>: Send + 'static {
    /// What `Break` carries.
    type Value: Clone + Send + Sync + 'static;

    /// Whether a call that goes cannot be cut, because it blocks a thread.
    const BLOCKING: bool;

    /// Calls once, in `span`, which ends with the call; an error is `Failed` or `Panicked`.
    ///
    /// # Cancel safety
    /// Dropping the future cuts an async call; a blocking one goes on, and its callback is lost.
    fn call(
        &mut self,
        span: Span,
    ) -> impl Future<Output = Result<ControlFlow<Self::Value, S>, LoopError>> + Send;
}

/// An async callback.
pub(crate) struct Async<F>(pub(crate) F);

impl<S, F, Fut> Callback<S> for Async<F>
where
    F: FnMut() -> Fut + Send + 'static,
    Fut: Future<Output: CallOutput<S>> + Send,
{
    type Value = <Fut::Output as CallOutput<S>>::Value;

    const BLOCKING: bool = false;

    async fn call(&mut self, span: Span) -> Result<ControlFlow<Self::Value, S>, LoopError> {
        // Made inside, because the closure before the future may panic too.
        judged(catch_panic_async(async { (self.0)().await.step() }.instrument(span)).await)
    }
}

/// A plain callback, called on tokio's blocking pool; there while none is going.
pub(crate) struct Blocking<F>(pub(crate) Option<F>);

impl<S, F, O> Callback<S> for Blocking<F>
where
    S: Send + 'static,
    F: FnMut() -> O + Send + 'static,
    O: CallOutput<S>,
{
    type Value = O::Value;

    const BLOCKING: bool = true;

    async fn call(&mut self, span: Span) -> Result<ControlFlow<O::Value, S>, LoopError> {
        let mut callback = self.0.take().ok_or(LoopError::Cut)?;
        let work = Owned::spawn_blocking(move || {
            let answer = catch_panic(|| span.in_scope(|| callback().step()));
            // Before the end is told.
            catch_subscriber(|| drop(span));
            (callback, answer)
        });
        // Panics are caught inside, so without an answer the pool itself has shut down.
        let (callback, answer) = work.await.ok_or(LoopError::Cut)?;
        self.0 = Some(callback);
        judged(answer)
    }
}

fn judged<T>(answer: Result<Result<T, TaskError>, TaskError>) -> Result<T, LoopError> {
    answer.map_err(LoopError::Panicked)?.map_err(LoopError::Failed)
}
