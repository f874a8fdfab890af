use std::ops::ControlFlow;

use periodic_core::task::TaskError;

use super::{CallOutput, LoopError};
use crate::catch_panic::catch_panic;
use crate::owned::Owned;
use crate::quiet_span::{QuietSpan, catch_panic_in_span};

/// A user's callback, called in the way that its kind needs.
pub(crate) trait Callback<S>: Send + 'static {
    /// The value of `Break`.
    type Value: Clone + Send + Sync + 'static;

    /// Whether an active call cannot be cut, because it blocks a thread.
    const BLOCKING: bool;

    /// Calls the callback once, in `span`, which ends with the call; an error is `Failed` or `Panicked`.
    ///
    /// # Cancel safety
    /// Dropping the future cuts an async call; a blocking one continues, and its callback is lost.
    fn call(
        &mut self,
        span: QuietSpan,
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

    async fn call(&mut self, span: QuietSpan) -> Result<ControlFlow<Self::Value, S>, LoopError> {
        // Called inside the future, because the closure may panic before it makes its future.
        judged(catch_panic_in_span(span, async { (self.0)().await.step() }).await)
    }
}

/// A plain callback, called on tokio's blocking pool; `None` during a call.
pub(crate) struct Blocking<F>(pub(crate) Option<F>);

impl<S, F, O> Callback<S> for Blocking<F>
where
    S: Send + 'static,
    F: FnMut() -> O + Send + 'static,
    O: CallOutput<S>,
{
    type Value = O::Value;

    const BLOCKING: bool = true;

    async fn call(&mut self, span: QuietSpan) -> Result<ControlFlow<O::Value, S>, LoopError> {
        let mut callback = self.0.take().ok_or(LoopError::Cut)?;
        let work = Owned::spawn_blocking(move || {
            let answer = catch_panic(|| span.in_scope(|| callback().step()));
            // The span ends before the end is reported.
            drop(span);
            (callback, answer)
        });
        // Panics are caught inside, so a missing answer means that the pool has shut down.
        let (callback, answer) = work.await.ok_or(LoopError::Cut)?;
        self.0 = Some(callback);
        judged(answer)
    }
}

fn judged<T>(answer: Result<Result<T, TaskError>, TaskError>) -> Result<T, LoopError> {
    answer.map_err(LoopError::Panicked)?.map_err(LoopError::Failed)
}
