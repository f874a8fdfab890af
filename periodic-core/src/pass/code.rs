//! A task's code, called so that neither a panic nor a hanging future gets out of it.

use core::future::poll_fn;
use core::mem::replace;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::manager::{Call, Given, PeriodicManager, TaskFuture};
use crate::task::{Ended, Next, catch_panic};
use crate::time::{Alarm, Instant, Now};

/// The code of a task that was added at run time.
pub(super) type Code<M> = dyn for<'a> Fn(&'a M, Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>) -> Call<'a>
    + Send
    + Sync;

/// Calls a task; a panic is its end.
pub(super) fn caught<'a>(call: impl FnOnce() -> Call<'a>) -> Call<'a> {
    catch_panic(call).unwrap_or_else(|panic| Call::Ready(Ended::Panicked(panic)))
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
    let called = catch_panic(|| match call() {
        Call::Ready(Ended::Ok(Next::OnSchedule)) => Called::Well,
        Call::Ready(ended) => Called::Otherwise(ended),
        Call::Pending(future) => Called::Waits(future),
    });
    called.unwrap_or_else(|panic| Called::Otherwise(Ended::Panicked(panic)))
}

/// How a run that came back then has ended: without timers, and for a plain `fn`, only afterwards can it be said that
/// it took too long.
#[inline]
pub(super) fn in_time(ended: Ended, deadline: Option<Instant>, at: Now) -> Ended {
    if deadline.is_some_and(|deadline| at.boot > deadline) { Ended::TimedOut } else { ended }
}

/// A task's future with its panics caught, also those of its drop; cut at the alarm if there is one.
pub(super) struct Bounded<'a, F> {
    /// Taken when it has ended or is cut.
    future: Pin<&'a mut Option<F>>,
    alarm: Option<Alarm<'a>>,
}

impl<'a, F: Future<Output = Ended>> Bounded<'a, F> {
    pub(super) fn new(future: Pin<&'a mut Option<F>>, alarm: Option<Alarm<'a>>) -> Self {
        Self { future, alarm }
    }

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

impl<F: Future<Output = Ended>> Future for Bounded<'_, F> {
    type Output = Ended;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Ended> {
        let Self { future, alarm } = &mut *self;
        let polled = catch_panic(|| {
            let ended = future.as_mut().as_pin_mut().map_or(Poll::Pending, |future| future.poll(cx));
            if ended.is_ready() {
                future.set(None);
            }
            ended
        });
        match polled {
            Err(panic) => {
                let _ = catch_panic(|| future.set(None));
                Poll::Ready(Ended::Panicked(panic))
            }
            Ok(Poll::Ready(ended)) => Poll::Ready(ended),
            Ok(Poll::Pending) => match alarm.as_mut().map(|alarm| alarm.as_mut().poll(cx)) {
                Some(Poll::Ready(())) => {
                    let cut = catch_panic(|| future.set(None));
                    Poll::Ready(cut.map_or_else(Ended::Panicked, |()| Ended::TimedOut))
                }
                _ => Poll::Pending,
            },
        }
    }
}

impl<F> Drop for Bounded<'_, F> {
    fn drop(&mut self) {
        if self.future.is_some() {
            // It is cut with its pass, which records that. A panic is said by the panic hook.
            let _ = catch_panic(|| self.future.set(None));
        }
    }
}
