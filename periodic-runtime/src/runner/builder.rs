use std::iter;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{Scheduler, SchedulerOptions};
use periodic_core::time::Clock;
use periodic_core::{PeriodicManager, Settings};

use super::Runner;
use super::context::{Fresh, FromDefault, MakeContext, TryFresh};
use super::execute::manager::{DynManager, Managers, TypedManager};
use super::serve::timer::no_precise_timers;
use super::state::shared::Shared;
use super::state::state::{Kept, MakeTable, Overrides};
use crate::clock::SystemClock;
use crate::{Error, node};

/// The default capacity of the history, and of the events kept for watchers.
const KEPT: Kept = Kept { records: 1024, events: 1024 };

/// The greatest number of events kept for watchers.
const MOST_EVENTS: usize = 1 << 20;

/// The builder of a [`Runner`].
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # fn main() -> Result<(), periodic_runtime::Error> {
/// use std::time::Duration;
/// use periodic_core::settings::{Settings, TaskSettings};
/// use periodic_core::task::Interval;
/// use periodic_runtime::Runner;
///
/// let often = TaskSettings::new().spacing(Interval::from_secs(5));
/// let runner = Runner::builder(Manager)
///     .settings(Settings::new().task("Manager.poll", often))
///     .grace(Duration::from_secs(10))
///     .keep_records(100)
///     .build()?;
/// assert!(runner.table().to_string().contains("every 5s"));
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build` is called"]
// Without a bound, so that a type that is no manager causes one error only, at `Runner::builder`.
pub struct RunnerBuilder<M, S = FromDefault> {
    manager: Arc<M>,
    context: S,
    /// The managers besides the first.
    others: Vec<Box<dyn DynManager>>,
    settings: Settings,
    options: SchedulerOptions,
    overrides: Overrides,
    kept: Kept,
    clock: Option<Arc<dyn Clock>>,
}

impl Runner {
    /// Creates a builder of a runner for the tasks of `manager`. An `Arc` of a manager is also a manager, for callers
    /// that keep theirs.
    pub fn builder<M: PeriodicManager<Owner = ()>>(manager: M) -> RunnerBuilder<M> {
        RunnerBuilder::new(Arc::new(manager))
    }
}

impl<M: PeriodicManager<Owner = ()>> RunnerBuilder<M> {
    fn new(manager: Arc<M>) -> Self {
        Self {
            manager,
            context: FromDefault,
            others: Vec::new(),
            settings: Settings::default(),
            options: SchedulerOptions::default().node(node::host_name()),
            overrides: Overrides::default(),
            kept: KEPT,
            clock: None,
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, S> RunnerBuilder<M, S> {
    /// Sets how each run's context is made: by a call of `make`. Without it, the context's `Default` is used.
    ///
    /// This applies to the first manager; the others get theirs from [`manager_with`](Self::manager_with).
    pub fn context<F>(self, make: F) -> RunnerBuilder<M, Fresh<F>>
    where
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        self.with_context(Fresh(make))
    }

    /// Sets how each run's context is made: by a call of `make`. If that fails, the run is recorded as failed.
    pub fn try_context<F, E>(self, make: F) -> RunnerBuilder<M, TryFresh<F>>
    where
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        self.with_context(TryFresh(make))
    }

    /// Adds a manager, whose runs get their context's `Default`.
    ///
    /// All managers share one scheduler: one limit, one handle, one history. Tasks that are due at once start in the
    /// order in which their managers were added.
    ///
    /// # Examples
    /// ```
    /// # use periodic_core::manager::{Call, Given, PeriodicManager};
    /// # use periodic_core::table::Collector;
    /// # use periodic_core::task::TaskSpec;
    /// # struct Manager(&'static str);
    /// # impl PeriodicManager for Manager {
    /// #     type Context = ();
    /// #     type Owner = ();
    /// #     fn collect(&self, collector: &mut Collector) {
    /// #         collector.manager(self.0);
    /// #         collector.tasks(&[TaskSpec::new("poll")]);
    /// #     }
    /// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
    /// #         Call::unknown_row("Manager", row)
    /// #     }
    /// # }
    /// # let (compute, volumes) = (Manager("Compute"), Manager("Volumes"));
    /// let runner = periodic_runtime::Runner::builder(compute).manager(volumes).build()?;
    /// let names: Vec<_> = runner.table().tasks().iter().map(|task| task.name().as_str()).collect();
    /// assert_eq!(names, ["Compute.poll", "Volumes.poll"]);
    /// # Ok::<(), periodic_runtime::Error>(())
    /// ```
    pub fn manager<N>(self, manager: N) -> Self
    where
        N: PeriodicManager<Owner = (), Context: Default>,
    {
        self.add_manager(manager, FromDefault)
    }

    /// Adds a manager, and makes its runs' contexts by a call of `make`.
    pub fn manager_with<N, F>(self, manager: N, make: F) -> Self
    where
        N: PeriodicManager<Owner = ()>,
        F: Fn() -> N::Context + Send + Sync + 'static,
    {
        self.add_manager(manager, Fresh(make))
    }

    /// Adds a manager, and makes its runs' contexts by a call of `make`. If that fails, the run is recorded as failed.
    pub fn try_manager_with<N, F, E>(self, manager: N, make: F) -> Self
    where
        N: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<N::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        self.add_manager(manager, TryFresh(make))
    }

    /// Sets the settings of the table. Their options set the longest sleep and the grace time.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets the most runs that may be active at once. Unbounded by default.
    pub fn limit(mut self, runs: NonZeroUsize) -> Self {
        self.options = self.options.limit(runs);
        self
    }

    /// Sets the name of this node, by which jitter and `H` differ from those of other nodes. The host's name by
    /// default.
    pub fn node(mut self, name: impl Into<String>) -> Self {
        self.options = self.options.node(name);
        self
    }

    /// Sets the longest sleep between two readings of the clock: 60 s by default. It overrides the settings'
    /// `periodic_interval_max`.
    pub fn max_idle(mut self, longest: Duration) -> Self {
        self.overrides.max_idle = Some(longest);
        self
    }

    /// Sets how long runs may continue after a stop: 60 s by default, zero for no limit. It overrides the settings'
    /// `graceful_shutdown_timeout`.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.overrides.grace = Some(grace);
        self
    }

    /// Sets how many records the history keeps: 1024 by default.
    pub fn keep_records(mut self, records: usize) -> Self {
        self.kept.records = records;
        self
    }

    /// Sets how many events are kept for a slow [`Watcher`](crate::watch::Watcher): 1024 by default, at least 1 and at
    /// most 1 048 576, rounded up to a power of two.
    ///
    /// A watcher that is further behind loses the oldest. The first watcher allocates memory for all of them.
    pub fn watch_capacity(mut self, events: usize) -> Self {
        self.kept.events = events.clamp(1, MOST_EVENTS);
        self
    }

    /// Sets whether tasks start microseconds after their slots instead of a millisecond or two, by a Linux kernel
    /// timer. The timer counts the time in which the machine is suspended, so due tasks start as soon as it is awake.
    /// It overrides the settings' `periodic_precise`.
    ///
    /// The runner then needs a tokio runtime with I/O enabled, as `enable_all` and `#[tokio::main]` create it. Under
    /// paused time, tokio's timer is used.
    #[cfg(feature = "precise")]
    pub fn precise(mut self, precise: bool) -> Self {
        self.overrides.precise = Some(precise);
        self
    }

    /// Sets another clock than the machine's.
    ///
    /// Sleeps and timeouts remain tokio's: a clock that is moved by hand is read when the sleep ends.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Collects the managers' tasks and applies the settings.
    ///
    /// # Errors
    /// When the table cannot be built: see [`TaskTable::of`](periodic_core::TaskTable::of); when precise timers are
    /// requested and not available.
    pub fn build(self) -> Result<Runner, Error>
    where
        S: MakeContext<M::Context>,
    {
        let first: Box<dyn DynManager> = Box::new(TypedManager::new(self.manager, self.context));
        let managers = Arc::new(Managers::new(iter::once(first).chain(self.others)));
        let table = managers.table(&self.settings)?;
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let options = *self.settings.options();
        if self.overrides.precise.unwrap_or(options.periodic_precise)
            && let Some(missing) = no_precise_timers()
        {
            return Err(Error::NoPreciseTimers { missing });
        }
        let max_idle = self.overrides.max_idle.unwrap_or(options.periodic_interval_max);
        let scheduler = Scheduler::new(table.clone(), self.options.max_idle(max_idle), clock.now());
        let make_table = make_table(&managers);
        Ok(Runner {
            managers,
            table,
            shared: Arc::new(Shared::new(scheduler, clock, self.kept, (options, self.overrides), make_table)),
        })
    }

    fn with_context<N>(self, context: N) -> RunnerBuilder<M, N> {
        let Self { manager, context: _, others, settings, options, overrides, kept, clock } = self;
        RunnerBuilder { manager, context, others, settings, options, overrides, kept, clock }
    }

    fn add_manager<N>(mut self, manager: N, context: impl MakeContext<N::Context>) -> Self
    where
        N: PeriodicManager<Owner = ()>,
    {
        self.others.push(Box::new(TypedManager::new(Arc::new(manager), context)));
        self
    }
}

impl<M, S> std::fmt::Debug for RunnerBuilder<M, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunnerBuilder")
            .field("settings", &self.settings)
            .field("options", &self.options)
            .field("overrides", &self.overrides)
            .finish_non_exhaustive()
    }
}

/// Returns a function that builds the table. It holds the managers weakly, because a manager may hold a handle.
fn make_table(managers: &Arc<Managers>) -> MakeTable {
    let managers = Arc::downgrade(managers);
    Box::new(move |settings| Some(managers.upgrade()?.table(settings)))
}
