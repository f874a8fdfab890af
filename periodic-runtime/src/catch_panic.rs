use std::pin::Pin;
use std::task::{Context, Poll};

use periodic_core::task::TaskError;
pub(crate) use periodic_core::task::catch_panic;

use crate::boxed::Boxed;

/// What `work` ends in; if it panics, the panic's words. It may be dropped before its end, and does not panic then.
pub(crate) fn catch_panic_async<'a, T>(work: impl Future<Output = T> + Send + 'a) -> CatchPanic<'a, T> {
    // One type for all work with this end, because each is compiled once more.
    CatchPanic(SilentDrop::boxed(Box::pin(work)))
}

/// The same of work that is pinned where it is: a future that is handed on by value is held twice.
pub(crate) async fn catch_panic_in_place<T>(
    mut work: Pin<&mut impl Future<Output = T>>,
) -> Result<T, TaskError> {
    std::future::poll_fn(|cx| poll(work.as_mut(), cx)).await
}

pub(crate) struct CatchPanic<'a, T>(SilentDrop<'a, T>);

impl<T> Future for CatchPanic<'_, T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        poll(Pin::new(&mut self.0), cx)
    }
}

fn poll<T>(
    work: Pin<&mut (impl Future<Output = T> + ?Sized)>,
    cx: &mut Context<'_>,
) -> Poll<Result<T, TaskError>> {
    // A future that panicked is not polled again, so nobody sees what it left half-changed.
    match catch_panic(|| work.poll(cx)) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(end)) => Poll::Ready(Ok(end)),
        Err(panic) => Poll::Ready(Err(panic)),
    }
}

/// Work that may be dropped before its end, and does not panic then: whoever cuts it has more to do.
pub(crate) struct SilentDrop<'a, T>(Option<Boxed<'a, T>>);

impl<'a, T> SilentDrop<'a, T> {
    pub(crate) fn boxed(work: Boxed<'a, T>) -> Self {
        Self(Some(work))
    }
}

impl<T> Future for SilentDrop<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // It is taken only when this is dropped.
        self.0.as_mut().map_or(Poll::Pending, |work| work.as_mut().poll(cx))
    }
}

impl<T> Drop for SilentDrop<'_, T> {
    fn drop(&mut self) {
        let work = self.0.take();
        if let Err(cause) = catch_panic(|| drop(work)) {
            catch_subscriber(|| tracing::warn!(%cause, "cancelled work panicked when it was dropped"));
        }
    }
}

/// Says something through `tracing`. A subscriber is code of the user's, whose panic harms nothing else; the panic hook
/// has said it.
pub(crate) fn catch_subscriber(say: impl FnOnce()) {
    let _ = catch_panic(say);
}
