use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::SchedulerOptions;
use periodic_core::settings::RunSpans;
use periodic_core::time::Clock;
use periodic_core::{PeriodicManager, Settings};

use super::context::{DefaultContext, Fresh, FromDefault, MakeContext, TryFresh};
use super::execute::manager::{DynManager, TypedManager};
use super::state::state::{Kept, Overrides};
use crate::node;
use crate::settings::SettingsSource;

/// The default capacity of the history, and of the events kept for watchers.
const KEPT: Kept = Kept { records: 1024, events: 1024 };

/// The greatest number of events kept for watchers.
const MOST_EVENTS: usize = 1 << 20;

/// The builder of a [`Runner`](crate::Runner).
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
pub struct RunnerBuilder {
    pub(super) managers: Vec<Box<dyn DynManager>>,
    pub(super) settings: Settings,
    /// Read by `build`, instead of the settings.
    pub(super) source: Option<SettingsSource>,
    pub(super) options: SchedulerOptions,
    pub(super) overrides: Overrides,
    pub(super) kept: Kept,
    pub(super) clock: Option<Arc<dyn Clock>>,
}

impl RunnerBuilder {
    /// Creates a builder without managers.
    pub(super) fn new() -> Self {
        Self {
            managers: Vec::new(),
            settings: Settings::default(),
            source: None,
            options: SchedulerOptions::default().node(node::host_name()),
            overrides: Overrides::default(),
            kept: KEPT,
            clock: None,
        }
    }

    /// Adds a manager, whose runs get their context's `Default`.
    ///
    /// All managers share one scheduler: one limit, one handle, one history. Tasks that are due at once start in the
    /// order in which their managers were added.
    ///
    /// # Examples
    /// ```
    /// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
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
    pub fn manager<M>(self, manager: M) -> Self
    where
        M: PeriodicManager<Owner = (), Context: DefaultContext>,
    {
        self.add_manager(manager, FromDefault)
    }

    /// Adds a manager, and makes its runs' contexts by a call of `make`.
    pub fn manager_with<M, F>(self, manager: M, make: F) -> Self
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        self.add_manager(manager, Fresh(make))
    }

    /// Adds a manager, and makes its runs' contexts by a call of `make`. If that fails, the run is recorded as failed.
    pub fn try_manager_with<M, F, E>(self, manager: M, make: F) -> Self
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        self.add_manager(manager, TryFresh(make))
    }

    /// Sets the settings of the table, made by code. Their options set the longest sleep and the grace time.
    ///
    /// It replaces an earlier [`settings_from`](Self::settings_from).
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self.source = None;
        self
    }

    /// Sets the source from which [`build`](Self::build) reads the settings: a file, the environment and code.
    ///
    /// It replaces earlier [`settings`](Self::settings).
    ///
    /// # Examples
    /// ```
    #[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
    /// # fn main() -> Result<(), periodic_runtime::Error> {
    /// use periodic_runtime::Runner;
    /// use periodic_runtime::settings::SettingsSource;
    ///
    /// let source = SettingsSource::environment().variables([("PERIODIC_REPORT_INTERVAL", "5")]);
    /// let _runner = Runner::builder(Manager).settings_from(source).build()?;
    ///
    /// let bad = SettingsSource::environment().variables([("PERIODIC_REPORT_INTERVALL", "5")]);
    /// assert!(Runner::builder(Manager).settings_from(bad).build().unwrap_err().settings().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn settings_from(mut self, source: SettingsSource) -> Self {
        self.source = Some(source);
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

    /// Sets the level of the runs' spans: DEBUG by default. It overrides the settings' `periodic_run_spans`.
    ///
    /// A subscriber at INFO sees them with [`RunSpans::Info`]; each run then costs several times as much.
    pub fn run_spans(mut self, level: RunSpans) -> Self {
        self.overrides.run_spans = Some(level);
        self
    }

    /// Sets another clock than the machine's.
    ///
    /// Sleeps and timeouts remain tokio's: a clock that is moved by hand is read when the sleep ends.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    fn add_manager<M>(mut self, manager: M, context: impl MakeContext<M::Context>) -> Self
    where
        M: PeriodicManager<Owner = ()>,
    {
        self.managers.push(Box::new(TypedManager::new(Arc::new(manager), context)));
        self
    }
}

impl std::fmt::Debug for RunnerBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunnerBuilder")
            .field("settings", &self.settings)
            .field("options", &self.options)
            .field("overrides", &self.overrides)
            .finish_non_exhaustive()
    }
}
