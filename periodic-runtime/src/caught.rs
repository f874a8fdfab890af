use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use periodic_core::task::TaskError;

/// What `work` ends in; if it panics, the panic's words.
pub(crate) async fn caught<T>(work: impl Future<Output = T>) -> Result<T, TaskError> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| {
        // A future that panicked is not polled again, so nobody sees what it left half-changed.
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(end)) => Poll::Ready(Ok(end)),
            Err(panic) => Poll::Ready(Err(TaskError::from_panic(&*panic))),
        }
    })
    .await
}

/// What `work` returns; if it panics, the panic's words.
pub(crate) fn caught_plain<T>(work: impl FnOnce() -> T) -> Result<T, TaskError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| TaskError::from_panic(&*panic))
}
