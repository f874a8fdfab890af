//! Spans whose subscriber may panic: it is the user's code, and no run may suffer from it.

use std::mem;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll};

use periodic_core::task::TaskError;
use tracing::span::Entered;
use tracing::{Dispatch, Span, dispatcher};

use crate::catch_panic::{SilentDrop, catch_panic, catch_subscriber};

/// A span. A panic of the subscriber when it is made, entered, left or closed has no effect.
pub(crate) struct QuietSpan(Span);

impl QuietSpan {
    pub(crate) const NONE: Self = Self(Span::none());

    /// Makes a span; none if the subscriber panics.
    pub(crate) fn new(make: impl FnOnce() -> Span) -> Self {
        Self(catch_panic(make).unwrap_or_else(|_| Span::none()))
    }

    /// Calls `work` inside the span.
    #[inline]
    pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.0.is_none() {
            return work();
        }
        let _entry = Entry::of(&self.0);
        work()
    }
}

impl Deref for QuietSpan {
    type Target = Span;

    fn deref(&self) -> &Span {
        &self.0
    }
}

impl Drop for QuietSpan {
    #[inline]
    fn drop(&mut self) {
        if !self.0.is_none() {
            let span = mem::replace(&mut self.0, Span::none());
            catch_subscriber(|| drop(span));
        }
    }
}

/// The time inside a span.
struct Entry<'a> {
    span: &'a Span,
    /// `None` if the subscriber panicked.
    entered: Option<Entered<'a>>,
}

impl<'a> Entry<'a> {
    fn of(span: &'a Span) -> Self {
        Self { span, entered: catch_panic(|| span.enter()).ok() }
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        let entered = self.entered.take();
        catch_subscriber(|| match entered {
            Some(entered) => drop(entered),
            // One of its layers may have noted the entry before another one panicked.
            None => _ = self.span.with_subscriber(|(id, subscriber)| subscriber.exit(id)),
        });
    }
}

/// Runs `work` in a span that ends with it; returns its output, or the text of its panic. May be dropped before its end;
/// a panic in that is caught.
pub(crate) fn catch_panic_in_span<'a, T>(
    span: QuietSpan,
    work: impl Future<Output = T> + Send + 'a,
) -> CatchPanicInSpan<'a, T> {
    CatchPanicInSpan { span, work: Some(SilentDrop::boxed(Box::pin(work))) }
}

pub(crate) struct CatchPanicInSpan<'a, T> {
    span: QuietSpan,
    work: Option<SilentDrop<'a, T>>,
}

impl<T> Future for CatchPanicInSpan<'_, T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { span, work } = &mut *self;
        let Some(work) = work else { return Poll::Pending };
        match catch_panic(|| span.in_scope(|| Pin::new(work).poll(cx))) {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

impl<T> Drop for CatchPanicInSpan<'_, T> {
    fn drop(&mut self) {
        let work = self.work.take();
        self.span.in_scope(|| drop(work));
    }
}

/// The subscriber of this thread, for work on another one.
///
/// Without any it sets none there: then `tracing` would write no more to `log`.
pub(crate) struct Subscriber(Option<Dispatch>);

impl Subscriber {
    pub(crate) fn of_this_thread() -> Self {
        Self(dispatcher::has_been_set().then(|| dispatcher::get_default(Clone::clone)))
    }

    pub(crate) fn with<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(subscriber) => dispatcher::with_default(subscriber, work),
            None => work(),
        }
    }
}
