use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use std::panic::catch_unwind;
use std::sync::{Arc, PoisonError};

use super::tasks::Returned;
use crate::manager::{Call, Given, PeriodicManager, TaskFuture};
use crate::scheduler::Start;
use crate::task::{Ended, TaskError};
use crate::time::{Alarm, Clock, Instant, Now};

/// The code of a task that was added at run time.
pub(super) type Code<M> = dyn for<'a> Fn(&'a M, Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>) -> Call<'a>
    + Send
    + Sync;

/// One run of a [`Pass`](super::Pass), which holds all that it needs and may be sent elsewhere.
///
/// A run that is dropped counts as cancelled.
#[must_use = "a run that is dropped is cancelled"]
pub struct PassRun<M: PeriodicManager, C: Clock> {
    manager: Arc<M>,
    clock: Arc<C>,
    added: Option<Arc<Code<M>>>,
    start: Start,
    returned: Returned,
    heard: bool,
}

/// How a run of a [`Pass`](super::Pass) ended, and when.
#[must_use = "the pass counts a run as going until its end is reported"]
pub struct RunEnd<M: PeriodicManager, C: Clock> {
    run: PassRun<M, C>,
    pub(super) ended: Ended,
    pub(super) at: Now,
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PassRun<M, C> {
    pub(super) fn new(
        manager: Arc<M>,
        clock: Arc<C>,
        added: Option<Arc<Code<M>>>,
        start: Start,
        returned: Returned,
    ) -> Self {
        Self { manager, clock, added, start, returned, heard: false }
    }

    /// The task, its slot, and what else there is to know.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// Runs the task's code; a panic ends here. The task's `timeout` is enforced where the clock has timers.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run.
    pub async fn run(self, context: &M::Context) -> RunEnd<M, C> {
        let deadline = self.deadline();
        let run = self.start.run(1);
        let ended = match self.call(Given { owner: &(), context, run: &run }) {
            Ok(Call::Pending(future)) => {
                let alarm = deadline.and_then(|deadline| self.clock.alarm(deadline));
                Bounded { future, alarm }.await
            }
            Ok(Call::Ready(ended)) | Err(ended) => ended,
        };
        self.end(ended, deadline)
    }

    /// Runs a plain task's code on this thread; a panic ends here. A `timeout` is noticed afterwards.
    pub fn run_blocking(self, context: &M::Context) -> RunEnd<M, C> {
        let deadline = self.deadline();
        let run = self.start.run(1);
        let ended = match self.call(Given { owner: &(), context, run: &run }) {
            Ok(Call::Pending(_)) => Ended::Failed(TaskError::new(
                "an async task was declared as blocking; its table was written by hand",
            )),
            Ok(Call::Ready(ended)) | Err(ended) => ended,
        };
        self.end(ended, deadline)
    }

    fn call<'a>(&'a self, given: Given<'a, (), M::Context>) -> Result<Call<'a>, Ended> {
        let called = catch_unwind(AssertUnwindSafe(|| match &self.added {
            Some(task) => task(&self.manager, given),
            None => self.manager.call(self.start.task.path(), given),
        }));
        called.map_err(|panic| Ended::Panicked(TaskError::from_panic(&*panic)))
    }

    fn deadline(&self) -> Option<Instant> {
        self.start.task.spec().timeout.map(|timeout| self.clock.now().boot + timeout)
    }

    fn end(self, ended: Ended, deadline: Option<Instant>) -> RunEnd<M, C> {
        let at = self.clock.now();
        // Without timers, and for a plain `fn`, only afterwards can it be said that a run took too long.
        let ended = if deadline.is_some_and(|deadline| at.boot > deadline) { Ended::TimedOut } else { ended };
        RunEnd { run: self, ended, at }
    }
}

impl<M: PeriodicManager, C: Clock> Drop for PassRun<M, C> {
    fn drop(&mut self) {
        if !self.heard {
            let now = self.clock.now();
            self.returned.lock().unwrap_or_else(PoisonError::into_inner).push((self.start.id, now));
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> RunEnd<M, C> {
    /// What was started.
    pub fn start(&self) -> &Start {
        &self.run.start
    }

    pub(super) fn heard(&mut self) {
        self.run.heard = true;
    }
}

impl<M: PeriodicManager, C: Clock> fmt::Debug for PassRun<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassRun").field("start", &self.start).finish_non_exhaustive()
    }
}

impl<M: PeriodicManager, C: Clock> fmt::Debug for RunEnd<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunEnd").field("run", &self.run).field("ended", &self.ended).finish_non_exhaustive()
    }
}

/// A task's future with its panics caught, cut at the alarm if there is one.
struct Bounded<'a> {
    future: TaskFuture<'a>,
    alarm: Option<Alarm<'a>>,
}

impl Future for Bounded<'_> {
    type Output = Ended;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Ended> {
        let polled = catch_unwind(AssertUnwindSafe(|| pin!(&mut self.future).poll(cx)));
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
