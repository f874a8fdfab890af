use core::fmt;
use core::time::Duration;
use std::sync::{Arc, OnceLock, PoisonError};

use super::code::Code;
use super::run::Returned;
use crate::manager::{Call, PeriodicManager, TaskOutput};
use crate::scheduler::{
    ClockSetBack, ControlError, RunId, Scheduler, SchedulerOptions, SequentialPass, SlotRecord, TaskStatus,
};
use crate::settings::Settings;
use crate::spec::{Execution, TaskSpec};
use crate::table::{TableError, TaskTable};
use crate::task::{Cancellation, Ended, Run, Task, TaskName};
use crate::time::{Clock, Now};

/// The sequential pass: runs due tasks one after the other in table order, in the caller's future.
///
/// `oslo.service` calls this `PeriodicTasks`. To run tasks in the background, use the runner of `periodic-runtime`
/// instead. It reads only the clock that it is given.
///
/// A task's `timeout` is enforced if that clock has timers; a plain `fn` always runs to its end. A failed attempt is
/// no error while its `retry` allows another. The retry runs in the pass in which it is due; the returned idle time
/// ends then at the latest.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use periodic_core::time::{Instant, ManualClock};
/// use periodic_core::{PeriodicTasks, RaiseOnError, Settings};
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::{Ended, Next, TaskSpec};
/// # struct Manager;
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("Manager");
/// #         collector.tasks(&[TaskSpec::new("poll")]);
/// #     }
/// #     fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::Ready(Ended::Ok(Next::OnSchedule))
/// #     }
/// # }
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let clock = Arc::new(ManualClock::at(Instant::from_secs(340)));
/// let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default())?;
/// clock.advance(Duration::from_secs(20));
/// let idle = tasks.run_periodic_tasks(&(), RaiseOnError::No).await?;
/// assert_eq!(idle, Duration::from_secs(40));
/// # Ok(())
/// # }
/// # let mut example = Box::pin(example());
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(matches!(example.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(()))));
/// ```
pub struct PeriodicTasks<M: PeriodicManager<Owner = ()>, C> {
    pub(super) manager: Arc<M>,
    pub(super) clock: Arc<C>,
    pub(super) scheduler: Scheduler,
    /// By task.
    pub(super) added: Vec<Option<Arc<Code<M>>>>,
    /// The records that were asked for.
    records: OnceLock<Vec<SlotRecord>>,
    pub(super) sequential: SequentialPass,
    /// The runs of the current pass.
    pub(super) going: Vec<(RunId, Cancellation)>,
    pub(super) returned: Returned,
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// Creates the tasks of `manager`; their grids begin now.
    ///
    /// # Errors
    /// When the table cannot be built: see [`TaskTable::of`].
    pub fn new(manager: M, clock: C, settings: &Settings) -> Result<Self, TableError> {
        let table = TaskTable::of(&manager, settings)?;
        let options = SchedulerOptions::default().max_idle(settings.options().periodic_interval_max);
        let scheduler = Scheduler::new(table, options, clock.now());
        Ok(Self {
            manager: Arc::new(manager),
            clock: Arc::new(clock),
            scheduler,
            added: Vec::new(),
            records: OnceLock::new(),
            sequential: SequentialPass::default(),
            going: Vec::new(),
            returned: Returned::default(),
        })
    }

    /// Adds a task to this value only; the original changes the class.
    ///
    /// # Errors
    /// When the name is taken, or the declaration breaks a rule.
    pub fn add_periodic_task<R: TaskOutput>(
        &mut self,
        name: TaskName,
        mut spec: TaskSpec,
        task: impl Fn(&M, &M::Context, &Run) -> R + Send + Sync + 'static,
    ) -> Result<(), ControlError> {
        if spec.execution != Execution::Inline {
            spec.execution = Execution::Blocking;
        }
        let now = self.clock.now();
        self.sequential.expect_reading(&mut self.scheduler, now);
        let id = self.scheduler.add(Task::new(name, spec), now)?;
        let place = id.place as usize;
        if place >= self.added.len() {
            self.added.resize(place + 1, None);
        }
        self.added[place] = Some(Arc::new(move |manager, given| {
            Call::Ready(task(manager, given.context, given.run).ended())
        }));
        Ok(())
    }

    /// Returns the records of the slots that the last pass decided.
    pub fn records(&self) -> &[SlotRecord] {
        self.records.get_or_init(|| self.scheduler.records(0).collect())
    }

    /// Returns the records of a pass in progress, with those added since the last call.
    pub(super) fn records_so_far(&mut self) -> &[SlotRecord] {
        let mut records = self.records.take().unwrap_or_default();
        records.extend(self.scheduler.records(records.len()));
        self.records.get_or_init(|| records)
    }

    /// Takes the report of a wall clock that was set back: by how much, and when the tasks go on.
    ///
    /// A sequential pass writes no log. A caller that wants the report calls this after each pass.
    pub fn take_clock_set_back(&mut self) -> Option<ClockSetBack> {
        self.scheduler.take_clock_set_back()
    }

    /// Returns the status of every task.
    pub fn status(&self) -> Vec<TaskStatus> {
        self.scheduler.status(self.clock.now())
    }

    /// Returns the manager.
    pub fn manager(&self) -> &M {
        &self.manager
    }

    pub(super) fn forget_last_pass(&mut self) {
        self.records.take();
        self.scheduler.forget_records();
        self.take_returned();
        if self.sequential.has_run_at_hand() {
            // The future of the last pass was leaked.
            self.sequential.cancel(&mut self.scheduler, self.clock.now());
        }
    }

    /// Returns how long to sleep.
    pub(super) fn idle(&mut self, now: Now) -> Duration {
        if self.scheduler.ready() > 0 {
            Duration::ZERO
        } else {
            self.scheduler.driver().wake_at(now) - now.boot
        }
    }

    /// Reports the runs that were dropped: as cancelled, unless that was recorded with their pass.
    pub(super) fn take_returned(&mut self) {
        let returned = core::mem::take(&mut *self.returned.lock().unwrap_or_else(PoisonError::into_inner));
        for (run, at) in returned {
            let at = at.unwrap_or_else(|| self.scheduler.last_reading());
            self.sequential.expect_reading(&mut self.scheduler, at);
            self.scheduler.finished(run, Ended::Cancelled, at);
        }
    }
}

impl<M: PeriodicManager<Owner = ()> + fmt::Debug, C> fmt::Debug for PeriodicTasks<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeriodicTasks").field("manager", &self.manager).finish_non_exhaustive()
    }
}
