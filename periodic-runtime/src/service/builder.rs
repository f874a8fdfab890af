use std::num::NonZeroUsize;

use periodic_core::settings::RunSpans;
use periodic_core::task::Cancellation;
use periodic_core::time::Clock;
use periodic_core::{PeriodicManager, Settings};

use super::endpoint::{Endpoint, Endpoints};
use super::hooks::AnyHooks;
use super::registry::AnyRegistry;
use super::{Hooks, Registry, ServiceIdentity};
use crate::boxed::BoxError;
use crate::runner::{DefaultContext, RunnerBuilder};
use crate::settings::SettingsSource;

/// Builds a [`Service`](super::Service).
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # fn main() -> Result<(), periodic_runtime::Error> {
/// use periodic_runtime::Service;
///
/// let service = Service::builder(Manager).binary("nova-compute").host("compute-1").build()?;
/// assert_eq!(service.identity().binary, "nova-compute");
/// assert_eq!(service.identity().topic, "compute");
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ServiceBuilder {
    pub(super) runner: RunnerBuilder,
    pub(super) identity: ServiceIdentity,
    pub(super) topic: Option<String>,
    pub(super) settings: Settings,
    pub(super) source: Option<SettingsSource>,
    pub(super) hooks: Box<dyn AnyHooks>,
    pub(super) registry: Option<Box<dyn AnyRegistry>>,
    pub(super) endpoints: Endpoints,
    pub(super) seed: Option<u64>,
}

impl ServiceBuilder {
    pub(super) fn new(runner: RunnerBuilder) -> Self {
        Self {
            runner,
            identity: ServiceIdentity::of_this_process(),
            topic: None,
            settings: Settings::default(),
            source: None,
            hooks: Box::new(()),
            registry: None,
            endpoints: Endpoints::default(),
            seed: None,
        }
    }
}

/// The methods of a [`RunnerBuilder`].
impl ServiceBuilder {
    /// See [`RunnerBuilder::manager`].
    pub fn manager<M>(self, manager: M) -> Self
    where
        M: PeriodicManager<Owner = (), Context: DefaultContext>,
    {
        Self { runner: self.runner.manager(manager), ..self }
    }

    /// See [`RunnerBuilder::manager_with`].
    pub fn manager_with<M, F>(self, manager: M, make: F) -> Self
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        Self { runner: self.runner.manager_with(manager, make), ..self }
    }

    /// See [`RunnerBuilder::try_manager_with`].
    pub fn try_manager_with<M, F, E>(self, manager: M, make: F) -> Self
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        Self { runner: self.runner.try_manager_with(manager, make), ..self }
    }

    /// See [`RunnerBuilder::limit`]. Heartbeats need no permit.
    pub fn limit(self, runs: NonZeroUsize) -> Self {
        Self { runner: self.runner.limit(runs), ..self }
    }

    /// See [`RunnerBuilder::keep_records`].
    pub fn keep_records(self, records: usize) -> Self {
        Self { runner: self.runner.keep_records(records), ..self }
    }

    /// See [`RunnerBuilder::watch_capacity`].
    pub fn watch_capacity(self, events: usize) -> Self {
        Self { runner: self.runner.watch_capacity(events), ..self }
    }

    /// See [`RunnerBuilder::precise`].
    #[cfg(feature = "precise")]
    pub fn precise(self, precise: bool) -> Self {
        Self { runner: self.runner.precise(precise), ..self }
    }

    /// See [`RunnerBuilder::run_spans`].
    pub fn run_spans(self, level: RunSpans) -> Self {
        Self { runner: self.runner.run_spans(level), ..self }
    }

    /// See [`RunnerBuilder::clock`].
    pub fn clock(self, clock: impl Clock) -> Self {
        Self { runner: self.runner.clock(clock), ..self }
    }
}

/// The methods of a service only.
impl ServiceBuilder {
    /// Sets the settings of the tasks and of the service. A reload keeps them; [`settings_from`](Self::settings_from)
    /// sets a source that a reload reads again.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self.source = None;
        self
    }

    /// Sets `source`, which [`build`](Self::build) and each reload read.
    pub fn settings_from(mut self, source: SettingsSource) -> Self {
        self.source = Some(source);
        self
    }

    /// Sets the name of the host, for the identity and for jitter. By default this host's name.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.identity.host = host.into();
        self
    }

    /// Sets the name of the program. By default that of this process.
    pub fn binary(mut self, binary: impl Into<String>) -> Self {
        self.identity.binary = binary.into();
        self
    }

    /// Sets the topic of the service. By default the part of the binary's name after the first `-`.
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topic = Some(topic.into());
        self
    }

    /// Sets the hooks. A second call replaces the first.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks = Box::new(hooks);
        self
    }

    /// Sets the registry that receives the service's record, membership and heartbeats. None by default.
    pub fn registry(mut self, registry: impl Registry) -> Self {
        self.registry = Some(Box::new(registry));
        self
    }

    /// Adds an endpoint, which runs beside the tasks while the service is up: a server, for example, or a consumer.
    ///
    /// Endpoints are called and spawned in the order of these calls, and stopped in the opposite order. An endpoint
    /// should end when its token is cancelled. One that ends by itself, with or without an error, stops the service,
    /// and [`Service::run_until`](super::Service::run_until) returns the error. Work that must be done before the next step, such as binding a
    /// socket, belongs before the service is built, or into [`Hooks::pre_start_hook`].
    pub fn endpoint<F, Fut, E>(mut self, name: impl Into<String>, serve: F) -> Self
    where
        F: FnOnce(Cancellation) -> Fut + Send + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        self.endpoints.add(Endpoint::new(name.into(), serve));
        self
    }

    /// Sets the seed of the fuzzy delay. Random by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

impl std::fmt::Debug for ServiceBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServiceBuilder")
            .field("identity", &self.identity)
            .field("runner", &self.runner)
            .finish_non_exhaustive()
    }
}
