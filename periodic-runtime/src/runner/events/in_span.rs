use std::pin::Pin;
use std::task::{Context, Poll};

use periodic_core::task::TaskError;

use super::span;
use crate::catch_panic::catch_panic;
use crate::quiet_span::QuietSpan;

/// A run's code, polled and dropped inside the run's span.
pub(crate) struct InSpan<'a, F> {
    span: &'a QuietSpan,
    code: Pin<&'a mut Option<F>>,
}

impl<'a, F> InSpan<'a, F> {
    pub(crate) fn new(span: &'a QuietSpan, code: Pin<&'a mut Option<F>>) -> Self {
        Self { span, code }
    }

    /// Drops the code; an error if that panics.
    #[inline]
    pub(crate) fn end(&mut self) -> Result<(), TaskError> {
        if self.code.is_none() {
            return Ok(());
        }
        catch_panic(|| self.span.in_scope(|| self.code.set(None)))
    }
}

impl<F: Future> Future for InSpan<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { span, code } = &mut *self;
        // The code is dropped only by `end`.
        code.as_mut().as_pin_mut().map_or(Poll::Pending, |code| span.in_scope(|| code.poll(cx)))
    }
}

impl<F> Drop for InSpan<'_, F> {
    #[inline]
    fn drop(&mut self) {
        if self.code.is_some() {
            // It is cancelled with its runner, and recorded as such.
            let _ = self.end();
            span::cut(self.span);
        }
    }
}
