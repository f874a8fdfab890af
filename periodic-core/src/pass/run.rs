use core::fmt;
use core::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use super::code::{Bounded, Code, caught, in_time};
use crate::manager::{Call, Given, PeriodicManager};
use crate::scheduler::{RunId, Start};
use crate::task::{Ended, TaskError, catch_panic};
use crate::time::{Clock, Instant, Now};

/// One run of a [`Pass`](super::Pass). It owns its data and may be sent to another thread.
///
/// A dropped run counts as cancelled.
#[must_use = "a run that is dropped is cancelled"]
pub struct PassRun<M: PeriodicManager, C: Clock> {
    manager: Arc<M>,
    clock: Arc<C>,
    added: Option<Arc<Code<M>>>,
    start: Start,
    returned: Returned,
    heard: bool,
}

/// The runs that were dropped before their end was reported, and when; `None` if the clock panicked.
pub(super) type Returned = Arc<Mutex<Vec<(RunId, Option<Now>)>>>;

/// The end of a run of a [`Pass`](super::Pass), and its time.
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

    /// Returns the start of the run: its task, its slot and its attempt.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// Runs the task's code; a panic is caught. The task's `timeout` is enforced if the clock has timers.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run.
    pub async fn run(self, context: &M::Context) -> RunEnd<M, C> {
        let deadline = self.deadline();
        let run = self.start.run();
        let ended = match self.call(Given { owner: &(), context, run: &run }) {
            Call::Pending(future) => {
                let alarm = deadline.and_then(|deadline| self.clock.alarm(deadline));
                Bounded::new(pin!(Some(future)), alarm).await
            }
            Call::Ready(ended) => ended,
        };
        self.end(ended, deadline)
    }

    /// Runs a plain task's code on this thread; a panic is caught. An exceeded `timeout` is noticed afterwards.
    pub fn run_blocking(self, context: &M::Context) -> RunEnd<M, C> {
        let deadline = self.deadline();
        let run = self.start.run();
        let ended = match self.call(Given { owner: &(), context, run: &run }) {
            Call::Pending(_) => Ended::Failed(TaskError::new(
                "an async task was declared as blocking; its table was written by hand",
            )),
            Call::Ready(ended) => ended,
        };
        self.end(ended, deadline)
    }

    fn call<'a>(&'a self, given: Given<'a, (), M::Context>) -> Call<'a> {
        caught(|| match &self.added {
            Some(task) => task(&self.manager, given),
            None => self.manager.call(self.start.task.path(), given),
        })
    }

    fn deadline(&self) -> Option<Instant> {
        self.start.task.spec().timeout.map(|timeout| self.clock.now().boot + timeout)
    }

    fn end(self, ended: Ended, deadline: Option<Instant>) -> RunEnd<M, C> {
        let at = self.clock.now();
        RunEnd { run: self, ended: in_time(ended, deadline, at), at }
    }
}

impl<M: PeriodicManager, C: Clock> Drop for PassRun<M, C> {
    fn drop(&mut self) {
        if !self.heard {
            // A panic may drop it, such as one of the clock, and a second one would end the process.
            let now = catch_panic(|| self.clock.now()).ok();
            self.returned.lock().unwrap_or_else(PoisonError::into_inner).push((self.start.id, now));
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> RunEnd<M, C> {
    /// Returns the start of the run.
    pub fn start(&self) -> &Start {
        &self.run.start
    }

    /// Returns how the run ended.
    pub fn ended(&self) -> &Ended {
        &self.ended
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
