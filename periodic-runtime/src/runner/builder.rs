use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{Options, Scheduler};
use periodic_core::time::Clock;
use periodic_core::{PeriodicManager, Settings, TaskTable};

use super::Runner;
use super::context::{Fresh, FromDefault, MakeContext, TryFresh};
use super::shared::Shared;
use crate::clock::SystemClock;
use crate::{Error, node};

/// The grace time of a stop, where none is stated: the original's `graceful_shutdown_timeout`.
const GRACE: Duration = Duration::from_secs(60);

/// How many records the history keeps, where it is not stated.
const HISTORY: usize = 1024;

/// What a [`Runner`] is built from.
#[must_use = "a builder does nothing until `build` is called"]
pub struct RunnerBuilder<M: PeriodicManager, S = FromDefault> {
    manager: Arc<M>,
    context: S,
    settings: Settings,
    options: Options,
    grace: Duration,
    history: usize,
    clock: Option<Arc<dyn Clock>>,
}

impl<M: PeriodicManager<Owner = ()>> RunnerBuilder<M> {
    pub(super) fn new(manager: Arc<M>) -> Self {
        Self {
            manager,
            context: FromDefault,
            settings: Settings::default(),
            options: Options::default().node(node::host_name()),
            grace: GRACE,
            history: HISTORY,
            clock: None,
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, S> RunnerBuilder<M, S> {
    /// Makes each run's context by calling `make`. Without it, the context's `Default` is used.
    pub fn context<F>(self, make: F) -> RunnerBuilder<M, Fresh<F>>
    where
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        self.with_context(Fresh(make))
    }

    /// Makes each run's context by calling `make`; where that fails, the run is recorded as failed.
    pub fn try_context<F, E>(self, make: F) -> RunnerBuilder<M, TryFresh<F>>
    where
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        self.with_context(TryFresh(make))
    }

    /// Applies settings to the table.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Lets at most `runs` runs go at once. Unbounded by default.
    pub fn limit(mut self, runs: NonZeroUsize) -> Self {
        self.options = self.options.limit(runs);
        self
    }

    /// Names this node, by which jitter and `H` differ from those of other nodes. The host's name by default.
    pub fn node(mut self, name: impl Into<String>) -> Self {
        self.options = self.options.node(name);
        self
    }

    /// The longest sleep between two looks at the clock: 60 s by default.
    pub fn max_idle(mut self, longest: Duration) -> Self {
        self.options = self.options.max_idle(longest);
        self
    }

    /// How long runs may go on after a stop: 60 s by default, zero for as long as they want.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// How many records the history keeps: 1024 by default.
    pub fn history(mut self, records: usize) -> Self {
        self.history = records;
        self
    }

    /// Takes another clock than the machine's.
    ///
    /// Sleeps and timeouts remain tokio's: a clock that is moved by hand is looked at when the sleep ends.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Collects the manager's tasks and applies the settings.
    ///
    /// # Errors
    /// When the table cannot be made: see [`TaskTable::of`].
    pub fn build(self) -> Result<Runner<M>, Error>
    where
        S: MakeContext<M::Context>,
    {
        let table = TaskTable::of(&*self.manager, &self.settings)?;
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let scheduler = Scheduler::new(table.clone(), self.options, clock.now());
        Ok(Runner {
            manager: self.manager,
            context: Arc::new(self.context),
            table,
            grace: (!self.grace.is_zero()).then_some(self.grace),
            shared: Arc::new(Shared::new(scheduler, clock, self.history)),
        })
    }

    fn with_context<N>(self, context: N) -> RunnerBuilder<M, N> {
        let Self { manager, context: _, settings, options, grace, history, clock } = self;
        RunnerBuilder { manager, context, settings, options, grace, history, clock }
    }
}

impl<M: PeriodicManager, S> std::fmt::Debug for RunnerBuilder<M, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunnerBuilder")
            .field("settings", &self.settings)
            .field("options", &self.options)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}
