//! A task's code, called so that neither a panic nor a hanging future gets out of it.

use core::future::poll_fn;
use core::mem::replace;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::catch_unwind;

use crate::manager::{Call, Given, PeriodicManager, TaskFuture};
use crate::task::{Ended, Next, TaskError};
use crate::time::{Alarm, Instant, Now};

/// The code of a task that was added at run time.
pub(super) type Code<M> = dyn for<'a> Fn(&'a M, Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>) -> Call<'a>
    + Send
    + Sync;

/// Calls a task; a panic is its end.
pub(super) fn caught<'a>(call: impl FnOnce() -> Call<'a>) -> Call<'a> {
    let called = catch_unwind(AssertUnwindSafe(call));
    called.unwrap_or_else(|panic| Call::Ready(Ended::Panicked(TaskError::from_panic(&*panic))))
}

/// What calling a task gave, with the most common end apart: so small that it is not moved about in memory.
pub(super) enum Called<'a> {
    /// It ended well, and wishes for nothing.
    Well,
    Otherwise(Ended),
    Waits(TaskFuture<'a>),
}

/// As [`caught`].
#[inline]
pub(super) fn called<'a>(call: impl FnOnce() -> Call<'a>) -> Called<'a> {
    let called = catch_unwind(AssertUnwindSafe(|| match call() {
        Call::Ready(Ended::Ok(Next::OnSchedule)) => Called::Well,
        Call::Ready(ended) => Called::Otherwise(ended),
        Call::Pending(future) => Called::Waits(future),
    }));
    called.unwrap_or_else(|panic| Called::Otherwise(Ended::Panicked(TaskError::from_panic(&*panic))))
}

/// How a run that came back then has ended: without timers, and for a plain `fn`, only afterwards can it be said that
/// it took too long.
#[inline]
pub(super) fn in_time(ended: Ended, deadline: Option<Instant>, at: Now) -> Ended {
    if deadline.is_some_and(|deadline| at.boot > deadline) { Ended::TimedOut } else { ended }
}

/// A task's future with its panics caught, cut at the alarm if there is one.
pub(super) struct Bounded<'a, F> {
    pub(super) future: F,
    pub(super) alarm: Option<Alarm<'a>>,
}

impl<F: Future<Output = Ended> + Unpin> Bounded<'_, F> {
    /// Its end, if its first poll brings that.
    pub(super) async fn at_once(&mut self) -> Option<Ended> {
        poll_fn(|cx| match Pin::new(&mut *self).poll(cx) {
            Poll::Ready(ended) => Poll::Ready(Some(ended)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    /// Its end, after a poll that did not bring it [at once](Self::at_once): the next comes when it was woken, so that a
    /// task which lets others go first does.
    pub(super) async fn later(mut self) -> Ended {
        let mut has_waited = false;
        poll_fn(
            |cx| if replace(&mut has_waited, true) { Pin::new(&mut self).poll(cx) } else { Poll::Pending },
        )
        .await
    }
}

impl<F: Future<Output = Ended> + Unpin> Future for Bounded<'_, F> {
    type Output = Ended;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Ended> {
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.future).poll(cx)));
        match polled {
            Err(panic) => Poll::Ready(Ended::Panicked(TaskError::from_panic(&*panic))),
            Ok(Poll::Ready(ended)) => Poll::Ready(ended),
            Ok(Poll::Pending) => match self.alarm.as_mut().map(|alarm| alarm.as_mut().poll(cx)) {
                Some(Poll::Ready(())) => Poll::Ready(Ended::TimedOut),
                _ => Poll::Pending,
            },
        }
    }
}
