use core::fmt;
use core::time::Duration;
use std::sync::{Arc, OnceLock, PoisonError};

use super::code::Code;
use super::run::Returned;
use crate::manager::{Call, PeriodicManager, TaskOutput};
use crate::scheduler::{ClockSetBack, ControlError, Options, RunId, Scheduler, SlotRecord, TaskStatus};
use crate::spec::{Execution, TaskSpec};
use crate::table::{Settings, TableError, TaskTable};
use crate::task::{Cancellation, Ended, Run, Task, TaskName};
use crate::time::{Clock, Now};

/// The sequential pass: runs what is due, one task after the other in table order, where the caller stands.
///
/// This is what `oslo.service` calls `PeriodicTasks`. Whoever wants their tasks run in the background takes
/// the runner of `periodic-runtime` instead. It reads the clock that it is given, and no other.
///
/// A task's `timeout` is enforced where that clock has timers; a plain `fn` is always let finish. An attempt that
/// failed is no error while its `retry` allows for another: that runs in the pass in which it is due, which is as far
/// away as the idle time returned says.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use periodic_core::time::{Instant, ManualClock};
/// use periodic_core::{PeriodicTasks, RaiseOnError, Settings};
/// # use periodic_core::manager::{Call, Given, PeriodicManager};
/// # use periodic_core::table::Collector;
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
    /// What was asked for of what became of slots.
    records: OnceLock<Vec<SlotRecord>>,
    /// What the run of a sequential pass is told, used again.
    pub(super) run: Run,
    /// The runs of the pass at hand.
    pub(super) going: Vec<(RunId, Cancellation)>,
    pub(super) returned: Returned,
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// The tasks of `manager`; their grids begin now.
    ///
    /// # Errors
    /// When the table cannot be made: see [`TaskTable::of`].
    pub fn new(manager: M, clock: C, settings: &Settings) -> Result<Self, TableError> {
        let table = TaskTable::of(&manager, settings)?;
        let options = Options::default().max_idle(settings.options().periodic_interval_max);
        let scheduler = Scheduler::new(table, options, clock.now());
        Ok(Self {
            manager: Arc::new(manager),
            clock: Arc::new(clock),
            scheduler,
            added: Vec::new(),
            records: OnceLock::new(),
            run: Run::of_no_task(),
            going: Vec::new(),
            returned: Returned::default(),
        })
    }

    /// Adds a task to this value, and to no other of its type: the original changes the class.
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
        let id = self.scheduler.add(Task::new(name, spec), self.clock.now())?;
        let place = id.0 as usize;
        if place >= self.added.len() {
            self.added.resize(place + 1, None);
        }
        self.added[place] = Some(Arc::new(move |manager, given| {
            Call::Ready(task(manager, given.context, given.run).ended())
        }));
        Ok(())
    }

    /// What became of each slot that the last pass decided.
    pub fn records(&self) -> &[SlotRecord] {
        self.records.get_or_init(|| self.scheduler.records(0).collect())
    }

    /// The same of a pass that is going, from which more may have come since this was asked.
    pub(super) fn records_so_far(&mut self) -> &[SlotRecord] {
        let mut records = self.records.take().unwrap_or_default();
        records.extend(self.scheduler.records(records.len()));
        self.records.get_or_init(|| records)
    }

    /// Takes the report of a wall clock that was set back: by how much, and when the tasks go on.
    ///
    /// A sequential pass writes no log. A caller who wants the report asks for it after each pass.
    pub fn take_clock_set_back(&mut self) -> Option<ClockSetBack> {
        self.scheduler.take_clock_set_back()
    }

    /// What there is to know of all tasks.
    pub fn status(&self) -> Vec<TaskStatus> {
        self.scheduler.status(self.clock.now())
    }

    /// The manager.
    pub fn manager(&self) -> &M {
        &self.manager
    }

    pub(super) fn forget_last_pass(&mut self) {
        self.records.take();
        self.scheduler.forget_records();
        self.take_returned();
        if self.scheduler.has_turn() {
            // The future of the last pass was leaked.
            cancel(&mut self.scheduler, &mut self.run, self.clock.now());
        }
    }

    /// How long to sleep.
    pub(super) fn idle(&mut self, now: Now) -> Duration {
        if self.scheduler.ready() > 0 { Duration::ZERO } else { self.scheduler.wake_at(now) - now.boot }
    }

    /// Reports the runs whose code is gone: as cancelled, where that was not recorded when their pass was.
    pub(super) fn take_returned(&mut self) {
        let returned = core::mem::take(&mut *self.returned.lock().unwrap_or_else(PoisonError::into_inner));
        for (run, at) in returned {
            self.scheduler.finished(run, Ended::Cancelled, at);
        }
    }
}

/// Cancels the run at hand of a pass that is gone.
pub(super) fn cancel(scheduler: &mut Scheduler, run: &mut Run, now: Now) {
    // Its future is gone, but what that has spawned may have kept the token.
    run.cancellation.cancel();
    scheduler.end_turn(run, Ended::Cancelled, now);
    scheduler.end_turns();
}

impl<M: PeriodicManager<Owner = ()> + fmt::Debug, C> fmt::Debug for PeriodicTasks<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeriodicTasks").field("manager", &self.manager).finish_non_exhaustive()
    }
}
