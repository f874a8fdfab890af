use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use super::{PassError, PassRun, PeriodicTasks, RunEnd};
use crate::manager::PeriodicManager;
use crate::scheduler::{ClockSetBack, Finished, RetryScheduled, SlotRecord};
use crate::task::{Outcome, catch_panic};
use crate::time::Clock;

/// A pass in progress, from [`PeriodicTasks::begin_pass`].
///
/// Its steps: take each due run, run it, report its end, and at last ask how long to sleep.
///
/// When it is dropped, runs whose end was not reported are cancelled and recorded as such. A run that cannot be ended,
/// such as blocking work, counts as active until it has returned, and its task's slots until then are overlaps.
pub struct Pass<'a, M: PeriodicManager<Owner = ()>, C: Clock> {
    tasks: &'a mut PeriodicTasks<M, C>,
    /// The generation of the runs that were due at its beginning.
    generation: i64,
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// Begins a pass whose steps the caller takes.
    pub fn begin_pass(&mut self) -> Pass<'_, M, C> {
        self.forget_last_pass();
        self.scheduler.driver().decide(self.clock.now());
        Pass::new(self)
    }

    fn start_next_until(&mut self, generation: i64) -> Option<PassRun<M, C>> {
        let start = self.scheduler.start_next_until(self.clock.now(), generation)?;
        self.going.push((start.id, start.cancellation.clone()));
        let added = self.added.get(start.id.task().place as usize).cloned().flatten();
        let (manager, clock) = (Arc::clone(&self.manager), Arc::clone(&self.clock));
        Some(PassRun::new(manager, clock, added, start, Arc::clone(&self.returned)))
    }
}

impl<'a, M: PeriodicManager<Owner = ()>, C: Clock> Pass<'a, M, C> {
    fn new(tasks: &'a mut PeriodicTasks<M, C>) -> Self {
        let generation = tasks.scheduler.latest_generation();
        Self { tasks, generation }
    }

    /// Starts the next run that was due when the pass began, in table order.
    pub fn start_next(&mut self) -> Option<PassRun<M, C>> {
        self.tasks.start_next_until(self.generation)
    }

    /// Reports how a run ended. If its slot will be retried, in a later pass, returns when.
    ///
    /// # Errors
    /// When the run was not successful and will not be retried. The slot is recorded all the same, and the pass may
    /// continue.
    pub fn ended(&mut self, mut end: RunEnd<M, C>) -> Result<Option<RetryScheduled>, PassError> {
        end.heard();
        let id = end.start().id;
        self.tasks.going.retain(|(run, _)| *run != id);
        if let Finished::Retries(retrying) = self.tasks.scheduler.finished(id, end.ended.clone(), end.at) {
            return Ok(Some(*retrying));
        }
        match Outcome::from(end.ended.clone()) {
            Outcome::Ok => Ok(None),
            outcome => Err(PassError { task: end.start().task.name().clone(), outcome }),
        }
    }

    /// Returns the records of the slots that this pass has decided so far.
    pub fn records(&mut self) -> &[SlotRecord] {
        self.tasks.records_so_far()
    }

    /// Takes the report of a wall clock that was set back: see [`PeriodicTasks::take_clock_set_back`].
    pub fn take_clock_set_back(&mut self) -> Option<ClockSetBack> {
        self.tasks.take_clock_set_back()
    }

    /// Ends the pass, and returns how long to sleep until the next task is due: exactly, but at most 60 s.
    pub fn idle(self) -> Duration {
        let now = self.tasks.clock.now();
        self.tasks.idle(now)
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> Drop for Pass<'_, M, C> {
    fn drop(&mut self) {
        self.tasks.take_returned();
        // A panic may drop it, such as one of the clock, and a second one would end the process.
        let now = catch_panic(|| self.tasks.clock.now());
        let now = now.unwrap_or_else(|_| self.tasks.scheduler.last_reading());
        for (run, cancellation) in core::mem::take(&mut self.tasks.going) {
            cancellation.cancel();
            self.tasks.scheduler.abandon(run, Outcome::Cancelled, now);
        }
        // Records may have been added since the last call.
        self.tasks.records_so_far();
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> fmt::Debug for Pass<'_, M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pass").finish_non_exhaustive()
    }
}
