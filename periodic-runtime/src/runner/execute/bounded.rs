use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use periodic_core::task::{Ended, TaskError};
use tokio::sync::Notify;
use tracing::Span;

use crate::catch_panic::{catch_panic, catch_panic_in_place};
use crate::runner::events::log;

/// The limits that end a run early.
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    /// Notified when a newer slot replaces the run.
    pub(super) replaced: Option<Arc<Notify>>,
}

/// Returns the end of a task's code, which may be a panic, a timeout, or a replacement by a newer slot.
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
    // Dropping a cancelled future may panic too.
    let dropped = code.end();
    ended.and_then(|ended| dropped.map(|()| ended)).unwrap_or_else(Ended::Panicked)
}

/// A task's code, polled and dropped inside its run's span.
struct InSpan<'a, F> {
    span: &'a Span,
    code: Pin<&'a mut Option<F>>,
}

impl<F: Future> Future for InSpan<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { span, code } = &mut *self;
        // The code is dropped only by `end`.
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
            // It is cancelled with its runner, and recorded as such.
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
