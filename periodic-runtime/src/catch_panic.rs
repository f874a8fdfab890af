use std::pin::Pin;
use std::task::{Context, Poll};

use periodic_core::task::TaskError;
pub(crate) use periodic_core::task::catch_panic;

use crate::boxed::Boxed;

/// Runs `work`; returns its output, or the text of its panic. May be dropped before its end; a panic in that is caught.
pub(crate) fn catch_panic_async<'a, T>(work: impl Future<Output = T> + Send + 'a) -> CatchPanic<'a, T> {
    // One boxed type for all work with this output, because each type is compiled once more.
    CatchPanic(SilentDrop::boxed(Box::pin(work)))
}

/// Does the same for work that is pinned in place: a future that is passed by value takes its memory twice.
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
    // A future that panicked is not polled again, so its half-changed state is not seen.
    match catch_panic(|| work.poll(cx)) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(end)) => Poll::Ready(Ok(end)),
        Err(panic) => Poll::Ready(Err(panic)),
    }
}

/// Work that may be dropped before its end. A panic in that is caught, because the code that cuts the work must
/// continue.
pub(crate) struct SilentDrop<'a, T>(Option<Boxed<'a, T>>);

impl<'a, T> SilentDrop<'a, T> {
    pub(crate) fn boxed(work: Boxed<'a, T>) -> Self {
        Self(Some(work))
    }
}

impl<T> Future for SilentDrop<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // `None` only while this is dropped.
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

/// A value that holds the user's own, such as a closure, in the hands of tokio. A panic in its drop is caught here,
/// because tokio would pass the panic's payload on, and that may panic, too.
pub(crate) struct Silent<T>(Option<T>);

impl<T> Silent<T> {
    pub(crate) const EMPTY: Self = Self(None);

    pub(crate) fn new(value: T) -> Self {
        Self(Some(value))
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T> Drop for Silent<T> {
    fn drop(&mut self) {
        if let Some(value) = self.0.take() {
            drop_quietly(value);
        }
    }
}

/// Drops a value of the user's. The panic hook has the words of a panic.
pub(crate) fn drop_quietly<T>(value: T) {
    let _ = catch_panic(|| drop(value));
}

/// Logs through `tracing`. A subscriber is the user's code; its panic has no effect but the message of the panic hook.
pub(crate) fn catch_subscriber(say: impl FnOnce()) {
    let _ = catch_panic(say);
}
