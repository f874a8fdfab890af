//! The calls of a task's code, which contain its panics and cancel hanging futures.

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

/// Calls a task; a panic becomes its end.
pub(super) fn caught<'a>(call: impl FnOnce() -> Call<'a>) -> Call<'a> {
    catch_panic(call).unwrap_or_else(|panic| Call::Ready(Ended::Panicked(panic)))
}

/// The result of a call, with the most common end apart: small, so that it is not moved in memory.
pub(super) enum Called<'a> {
    /// It was successful, and asks for nothing.
    Well,
    Otherwise(Ended),
    Waits(TaskFuture<'a>),
}

/// Calls a task as [`caught`] does.
#[inline]
pub(super) fn called<'a>(call: impl FnOnce() -> Call<'a>) -> Called<'a> {
    let called = catch_panic(|| match call() {
        Call::Ready(Ended::Ok(Next::OnSchedule)) => Called::Well,
        Call::Ready(ended) => Called::Otherwise(ended),
        Call::Pending(future) => Called::Waits(future),
    });
    called.unwrap_or_else(|panic| Called::Otherwise(Ended::Panicked(panic)))
}

/// Returns the end of a run that returned at `at`. Without timers, and for a plain `fn`, an exceeded timeout is
/// noticed only afterwards.
#[inline]
pub(super) fn in_time(ended: Ended, deadline: Option<Instant>, at: Now) -> Ended {
    if deadline.is_some_and(|deadline| at.boot > deadline) { Ended::TimedOut } else { ended }
}

/// A task's future with its panics caught, also those of its drop; dropped at the alarm, if there is one.
pub(super) struct Bounded<'a, F> {
    /// `None` once it has ended or was dropped.
    future: Pin<&'a mut Option<F>>,
    alarm: Option<Alarm<'a>>,
}

impl<'a, F: Future<Output = Ended>> Bounded<'a, F> {
    pub(super) fn new(future: Pin<&'a mut Option<F>>, alarm: Option<Alarm<'a>>) -> Self {
        Self { future, alarm }
    }

    /// Returns its end, if its first poll completes it.
    pub(super) async fn at_once(&mut self) -> Option<Ended> {
        poll_fn(|cx| match Pin::new(&mut *self).poll(cx) {
            Poll::Ready(ended) => Poll::Ready(Some(ended)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    /// Returns its end, after a poll that did not complete it [at once](Self::at_once). The next poll waits for a
    /// wake-up, so that a task which yields to others really does.
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
            // It is dropped with its pass, which records that. The panic hook reports a panic.
            let _ = catch_panic(|| self.future.set(None));
        }
    }
}
