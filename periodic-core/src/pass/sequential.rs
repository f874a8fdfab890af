use core::pin::pin;
use core::time::Duration;
use std::sync::Arc;

use super::code::{Bounded, Called, Code, called, in_time};
use super::tasks::PeriodicTasks;
use super::{PassError, RaiseOnError};
use crate::manager::{Given, PeriodicManager};
use crate::scheduler::{Finished, Scheduler, SequentialPass};
use crate::task::{Ended, Next, Run, catch_panic};
use crate::time::{Alarm, Clock, Instant, Now};

/// A sequential pass. If it is dropped while a run is at hand, the run is cancelled.
struct InTurn<'p, C: Clock> {
    scheduler: &'p mut Scheduler,
    sequential: &'p mut SequentialPass,
    clock: &'p C,
    now: Now,
}

impl<C: Clock> InTurn<'_, C> {
    /// Reports how the run ended; an error if the run was not successful and will not be retried.
    #[inline(never)]
    fn ended(&mut self, ended: Ended) -> Result<(), PassError> {
        let task = self.sequential.run.name().clone();
        let finished = self.sequential.end_run(self.scheduler, ended.clone(), self.now);
        match (ended, finished) {
            (Ended::Ok(_), _) | (_, Finished::Retries(_)) => Ok(()),
            (ended, _) => Err(PassError { task, outcome: ended.into() }),
        }
    }
}

impl<C: Clock> Drop for InTurn<'_, C> {
    fn drop(&mut self) {
        if self.sequential.has_run_at_hand() {
            // A panic may drop it, such as one of the clock, and a second one would end the process.
            let now = catch_panic(|| self.clock.now()).unwrap_or(self.now);
            self.sequential.cancel(self.scheduler, now);
        }
    }
}

fn deadline(run: &Run, now: Now) -> Option<Instant> {
    run.task.spec().timeout.map(|timeout| now.boot + timeout)
}

fn alarm<C: Clock>(clock: &C, deadline: Option<Instant>) -> Option<Alarm<'_>> {
    deadline.and_then(|deadline| clock.alarm(deadline))
}

/// Calls a task. It is a separate function, because an `async fn` keeps its variables in memory, even those that no
/// `await` needs.
#[inline]
fn call<'a, M: PeriodicManager<Owner = ()>>(
    manager: &'a Arc<M>,
    added: Option<&Code<M>>,
    given: Given<'a, (), M::Context>,
) -> Called<'a> {
    called(|| match added {
        Some(code) => code(manager, given),
        None => manager.call(given.run.task.path(), given),
    })
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// Runs the due tasks in table order, and returns how long to sleep until the next is due: exactly, at most 60 s.
    ///
    /// Unlike in the original, that time does not become stale while tasks run.
    ///
    /// # Errors
    /// With [`RaiseOnError::Yes`], when a task fails; the tasks after it run in the next pass.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the current task; its slot is recorded as cancelled, and the tasks after it run in
    /// the next pass.
    pub async fn run_periodic_tasks(
        &mut self,
        context: &M::Context,
        raise_on_error: RaiseOnError,
    ) -> Result<Duration, PassError> {
        self.forget_last_pass();
        let ended = self.run_in_turn(context, raise_on_error).await;
        self.sequential.end(&mut self.scheduler);
        ended.map(|now| self.idle(now))
    }

    /// Runs the tasks that are due now, one after the other; returns when the last of them ended.
    ///
    /// The end of one run is the start of the next, so the clock is read once for each. A plain `fn`, and an `inline`
    /// task without a timeout, allocate nothing.
    async fn run_in_turn(
        &mut self,
        context: &M::Context,
        raise_on_error: RaiseOnError,
    ) -> Result<Now, PassError> {
        let (scheduler, sequential, clock) = (&mut self.scheduler, &mut self.sequential, &*self.clock);
        let now = clock.now();
        sequential.begin(scheduler, now);
        let mut pass = InTurn { scheduler, sequential, clock, now };
        while let Some(next) = pass.sequential.next_run(pass.scheduler, pass.now) {
            let run = &pass.sequential.run;
            let deadline = if next.hints.is_bounded { deadline(run, pass.now) } else { None };
            let ended = if next.hints.polls_in_place {
                let given = Given { owner: &(), context, run };
                // Not `self.manager.call_inline`: that is the method of the `Arc`, which boxes.
                let future = pin!(Some(M::call_inline(&self.manager, run.task.path(), given)));
                let mut work = Bounded::new(future, alarm(clock, deadline));
                match work.at_once().await {
                    Some(Ended::Ok(Next::OnSchedule)) => None,
                    Some(ended) => Some(ended),
                    None => {
                        pass.sequential.run_waits(pass.scheduler);
                        Some(work.later().await)
                    }
                }
            } else {
                let added = self.added.get(next.row).and_then(Option::as_deref);
                match call(&self.manager, added, Given { owner: &(), context, run }) {
                    Called::Well => None,
                    Called::Otherwise(ended) => Some(ended),
                    Called::Waits(future) => {
                        pass.sequential.run_waits(pass.scheduler);
                        Some(Bounded::new(pin!(Some(future)), alarm(clock, deadline)).await)
                    }
                }
            };
            pass.now = clock.now();
            if ended.is_none() && deadline.is_none() && pass.sequential.end_well(pass.scheduler, pass.now) {
                continue;
            }
            let ended = ended.unwrap_or(Ended::Ok(Next::OnSchedule));
            let ended = pass.ended(in_time(ended, deadline, pass.now));
            if raise_on_error == RaiseOnError::Yes {
                ended?;
            }
        }
        Ok(pass.now)
    }
}
