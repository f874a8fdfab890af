use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use core::time::Duration;
use std::collections::HashMap;
use std::panic::catch_unwind;

use crate::manager::{Call, Given, PeriodicManager, TaskFuture, TaskOutput};
use crate::scheduler::{ControlError, Options, Scheduler, SlotRecord, Start, TaskId, TaskStatus};
use crate::table::{Settings, TableError, Task, TaskTable};
use crate::task::{Ended, Outcome, Run, TaskError, TaskName, TaskSpec};
use crate::time::{Alarm, Clock};

/// Whether a pass stops at the first task that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RaiseOnError {
    /// It records the failure and goes on.
    #[default]
    No,
    /// It stops and returns the failure; what it had not run yet, the next pass runs.
    Yes,
}

/// A task failed in a pass that was to stop at errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassError {
    /// The task.
    pub task: TaskName,
    /// How it ended: failed, panicked, timed out or cancelled.
    pub outcome: Outcome,
}

impl fmt::Display for PassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ended as {}", self.task, self.outcome.label())?;
        match &self.outcome {
            Outcome::Failed(error) | Outcome::Panicked(error) => write!(f, ": {error}"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for PassError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.outcome {
            Outcome::Failed(error) | Outcome::Panicked(error) => Some(error),
            _ => None,
        }
    }
}

type Added<M> = Box<
    dyn for<'a> Fn(
            &'a M,
            Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>,
        ) -> Call<'a>
        + Send
        + Sync,
>;

/// The sequential pass: runs what is due, one task after the other in table order, where the caller stands.
///
/// This is what `oslo.service` calls `PeriodicTasks`. Whoever wants their tasks run in the background takes
/// the runner of `periodic-runtime` instead. It reads the clock that it is given, and no other.
///
/// A task's `timeout` is enforced where that clock has timers; a plain `fn` is always let finish.
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
    manager: M,
    clock: C,
    scheduler: Scheduler,
    added: HashMap<TaskId, Added<M>>,
    records: Vec<SlotRecord>,
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
        Ok(Self { manager, clock, scheduler, added: HashMap::new(), records: Vec::new() })
    }

    /// Adds a task to this value, and to no other of its type: the original changes the class.
    ///
    /// # Errors
    /// When the name is taken, or the declaration has no meaning.
    pub fn add_periodic_task<R: TaskOutput>(
        &mut self,
        name: TaskName,
        spec: TaskSpec,
        task: impl Fn(&M, &M::Context, &Run) -> R + Send + Sync + 'static,
    ) -> Result<(), ControlError> {
        let id = self.scheduler.add(Task::new(name, spec), self.clock.now())?;
        self.added.insert(
            id,
            Box::new(move |manager, given| Call::Ready(task(manager, given.context, given.run).ended())),
        );
        Ok(())
    }

    /// Runs what is due, in table order, and returns how long to sleep until something is due again: exactly,
    /// but at most 60 s.
    ///
    /// Unlike the original's, that time does not go stale while tasks run.
    ///
    /// # Errors
    /// With [`RaiseOnError::Yes`], when a task fails; the tasks after it run in the next pass.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the task that runs; its slot is recorded as cancelled, and the tasks after it
    /// run in the next pass.
    pub async fn run_periodic_tasks(
        &mut self,
        context: &M::Context,
        raise_on_error: RaiseOnError,
    ) -> Result<Duration, PassError> {
        self.records.clear();
        let due = self.scheduler.poll(self.clock.now()).ready;
        for _ in 0..due {
            let Some(start) = self.scheduler.start_next(self.clock.now()) else { break };
            let mut report = Report {
                scheduler: &mut self.scheduler,
                clock: &self.clock,
                start: &start,
                ended: Ended::Cancelled,
            };
            let ended = run(&self.manager, &self.added, context, &self.clock, &start).await;
            report.ended = ended.clone();
            drop(report);
            let outcome = Outcome::from(ended);
            if raise_on_error == RaiseOnError::Yes && outcome != Outcome::Ok {
                self.take_records();
                return Err(PassError { task: start.task.name().clone(), outcome });
            }
        }
        self.take_records();
        if self.scheduler.ready() > 0 {
            return Ok(Duration::ZERO);
        }
        let now = self.clock.now();
        Ok(self.scheduler.wake_at(now) - now.boot)
    }

    /// What became of each slot that the last pass decided.
    pub fn records(&self) -> &[SlotRecord] {
        &self.records
    }

    /// What there is to know of all tasks.
    pub fn status(&self) -> Vec<TaskStatus> {
        self.scheduler.status(self.clock.now())
    }

    /// The manager.
    pub fn manager(&self) -> &M {
        &self.manager
    }

    fn take_records(&mut self) {
        self.records.extend(core::iter::from_fn(|| self.scheduler.take_record()));
    }
}

impl<M: PeriodicManager<Owner = ()> + fmt::Debug, C> fmt::Debug for PeriodicTasks<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeriodicTasks").field("manager", &self.manager).finish_non_exhaustive()
    }
}

/// Reports a run's end when it is dropped, so that a pass that is itself cancelled leaves no run behind.
struct Report<'a, C: Clock> {
    scheduler: &'a mut Scheduler,
    clock: &'a C,
    start: &'a Start,
    ended: Ended,
}

impl<C: Clock> Drop for Report<'_, C> {
    fn drop(&mut self) {
        let ended = core::mem::replace(&mut self.ended, Ended::Cancelled);
        self.scheduler.finished(self.start.id, ended, self.clock.now());
    }
}

async fn run<M: PeriodicManager<Owner = ()>, C: Clock>(
    manager: &M,
    added: &HashMap<TaskId, Added<M>>,
    context: &M::Context,
    clock: &C,
    start: &Start,
) -> Ended {
    let timeout = start.task.spec().timeout;
    let deadline = timeout.map(|timeout| clock.now().boot + timeout);
    let run = start.run(1);
    let given = Given { owner: &(), context, run: &run };
    let called = catch_unwind(AssertUnwindSafe(|| match added.get(&start.id.task()) {
        Some(task) => task(manager, given),
        None => manager.call(start.task.path(), given),
    }));
    let ended = match called {
        Err(panic) => Ended::Panicked(TaskError::from_panic(&*panic)),
        Ok(Call::Pending(future)) => {
            let alarm = deadline.and_then(|deadline| clock.alarm(deadline));
            Bounded { future, alarm }.await
        }
        Ok(Call::Ready(ended)) => ended,
    };
    // Without timers, and for a plain `fn`, only afterwards can it be said that a run took too long.
    if deadline.is_some_and(|deadline| clock.now().boot > deadline) { Ended::TimedOut } else { ended }
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
