use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use periodic_core::task::{Ended, TaskError};
use tokio::sync::Notify;
use tracing::Span;

use crate::catch_panic::{catch_panic, catch_panic_in_place};
use crate::runner::events::log;

/// What cuts a run.
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    /// Told when a newer slot takes its place.
    pub(super) replaced: Option<Arc<Notify>>,
}

/// What a task's code ends in: a panic, a timeout and a newer slot end here.
pub(super) async fn bounded(
    limits: Limits,
    span: &Span,
    code: Pin<&mut Option<impl Future<Output = Ended>>>,
) -> Ended {
    let mut code = InSpan { span, code };
    let ended = match limits {
        Limits { timeout: None, replaced: None } => catch_panic_in_place(Pin::new(&mut code)).await,
        Limits { timeout, replaced } => tokio::select! {
            biased;
            () = notified(replaced) => Ok(Ended::Cancelled),
            ended = in_time(timeout, catch_panic_in_place(Pin::new(&mut code))) => ended,
        },
    };
    // Dropping what is cut may panic too.
    let dropped = code.end();
    ended.and_then(|ended| dropped.map(|()| ended)).unwrap_or_else(Ended::Panicked)
}

/// A task's code that is in its run's span whenever it is polled, and when it is dropped.
struct InSpan<'a, F> {
    span: &'a Span,
    code: Pin<&'a mut Option<F>>,
}

impl<F: Future> Future for InSpan<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { span, code } = &mut *self;
        // It is taken only when this is dropped.
        code.as_mut().as_pin_mut().map_or(Poll::Pending, |code| span.in_scope(|| code.poll(cx)))
    }
}

impl<F> InSpan<'_, F> {
    /// Drops the code; an error if that panics.
    #[inline]
    fn end(&mut self) -> Result<(), TaskError> {
        if self.code.is_none() {
            return Ok(());
        }
        catch_panic(|| self.span.in_scope(|| self.code.set(None)))
    }
}

impl<F> Drop for InSpan<'_, F> {
    #[inline]
    fn drop(&mut self) {
        if self.code.is_some() {
            // It is cancelled with its runner, and recorded so.
            let _ = self.end();
            log::cut_run(self.span);
        }
    }
}

async fn notified(replaced: Option<Arc<Notify>>) {
    match replaced {
        Some(replaced) => replaced.notified().await,
        None => std::future::pending().await,
    }
}

async fn in_time(
    timeout: Option<Duration>,
    attempt: impl Future<Output = Result<Ended, TaskError>>,
) -> Result<Ended, TaskError> {
    match timeout {
        Some(timeout) => tokio::time::timeout(timeout, attempt).await.unwrap_or(Ok(Ended::TimedOut)),
        None => attempt.await,
    }
}
