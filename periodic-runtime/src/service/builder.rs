use std::num::NonZeroUsize;
use std::sync::Arc;

use periodic_core::task::Cancellation;
use periodic_core::time::Clock;
use periodic_core::{PeriodicManager, Settings};

use super::endpoint::{Endpoint, Endpoints};
use super::hooks::AnyHooks;
use super::identity::topic_of;
use super::registry::AnyRegistry;
use super::state::ServiceState;
use super::{Hooks, Registry, Service, ServiceIdentity};
use crate::Error;
use crate::boxed::BoxError;
use crate::runner::context::{Fresh, FromDefault, MakeContext, TryFresh};
use crate::runner::{Runner, RunnerBuilder};
use crate::settings::SettingsSource;

/// Builds a [`Service`].
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
// Without a bound on `M`: see `RunnerBuilder`.
pub struct ServiceBuilder<M, S = FromDefault> {
    runner: RunnerBuilder<M, S>,
    parts: Parts,
}

/// The fields that do not depend on the managers.
struct Parts {
    identity: ServiceIdentity,
    topic: Option<String>,
    settings: Settings,
    source: Option<SettingsSource>,
    hooks: Box<dyn AnyHooks>,
    registry: Option<Box<dyn AnyRegistry>>,
    endpoints: Endpoints,
    seed: Option<u64>,
}

impl Service {
    /// Creates a builder of a service with the tasks of `manager`. An `Arc` of a manager is a manager too; pass one to
    /// keep access to it.
    pub fn builder<M: PeriodicManager<Owner = ()>>(manager: M) -> ServiceBuilder<M> {
        ServiceBuilder::new(manager)
    }
}

impl<M: PeriodicManager<Owner = ()>> ServiceBuilder<M> {
    fn new(manager: M) -> Self {
        let parts = Parts {
            identity: ServiceIdentity::of_this_process(),
            topic: None,
            settings: Settings::default(),
            source: None,
            hooks: Box::new(()),
            registry: None,
            endpoints: Endpoints::default(),
            seed: None,
        };
        Self { runner: Runner::builder(manager), parts }
    }
}

/// The methods of a [`RunnerBuilder`].
impl<M: PeriodicManager<Owner = ()>, S> ServiceBuilder<M, S> {
    /// See [`RunnerBuilder::context`].
    pub fn context<F>(self, make: F) -> ServiceBuilder<M, Fresh<F>>
    where
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        ServiceBuilder { runner: self.runner.context(make), parts: self.parts }
    }

    /// See [`RunnerBuilder::try_context`].
    pub fn try_context<F, E>(self, make: F) -> ServiceBuilder<M, TryFresh<F>>
    where
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        ServiceBuilder { runner: self.runner.try_context(make), parts: self.parts }
    }

    /// See [`RunnerBuilder::manager`].
    pub fn manager<N>(self, manager: N) -> Self
    where
        N: PeriodicManager<Owner = (), Context: Default>,
    {
        Self { runner: self.runner.manager(manager), ..self }
    }

    /// See [`RunnerBuilder::manager_with`].
    pub fn manager_with<N, F>(self, manager: N, make: F) -> Self
    where
        N: PeriodicManager<Owner = ()>,
        F: Fn() -> N::Context + Send + Sync + 'static,
    {
        Self { runner: self.runner.manager_with(manager, make), ..self }
    }

    /// See [`RunnerBuilder::try_manager_with`].
    pub fn try_manager_with<N, F, E>(self, manager: N, make: F) -> Self
    where
        N: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<N::Context, E> + Send + Sync + 'static,
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

    /// See [`RunnerBuilder::clock`].
    pub fn clock(self, clock: impl Clock) -> Self {
        Self { runner: self.runner.clock(clock), ..self }
    }
}

/// The methods of a service only.
impl<M: PeriodicManager<Owner = ()>, S> ServiceBuilder<M, S> {
    /// Sets the settings of the tasks and of the service. A reload keeps them; [`settings_from`](Self::settings_from)
    /// sets a source that a reload reads again.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.parts.settings = settings;
        self.parts.source = None;
        self
    }

    /// Sets `source`, which [`build`](Self::build) and each reload read.
    pub fn settings_from(mut self, source: SettingsSource) -> Self {
        self.parts.source = Some(source);
        self
    }

    /// Sets the name of the host, for the identity and for jitter. By default this host's name.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.parts.identity.host = host.into();
        self
    }

    /// Sets the name of the program. By default that of this process.
    pub fn binary(mut self, binary: impl Into<String>) -> Self {
        self.parts.identity.binary = binary.into();
        self
    }

    /// Sets the topic of the service. By default the part of the binary's name after the first `-`.
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.parts.topic = Some(topic.into());
        self
    }

    /// Sets the hooks. A second call replaces the first.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.parts.hooks = Box::new(hooks);
        self
    }

    /// Sets the registry that receives the service's record, membership and heartbeats. None by default.
    pub fn registry(mut self, registry: impl Registry) -> Self {
        self.parts.registry = Some(Box::new(registry));
        self
    }

    /// Adds an endpoint, which runs beside the tasks while the service is up: a server, for example, or a consumer.
    ///
    /// Endpoints are called and spawned in the order of these calls, and stopped in the opposite order. An endpoint
    /// should end when its token is cancelled. One that ends by itself, with or without an error, stops the service,
    /// and [`Service::run_until`] returns the error. Work that must be done before the next step, such as binding a
    /// socket, belongs before the service is built, or into [`Hooks::pre_start_hook`].
    pub fn endpoint<F, Fut, E>(mut self, name: impl Into<String>, serve: F) -> Self
    where
        F: FnOnce(Cancellation) -> Fut + Send + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        self.parts.endpoints.add(Endpoint::new(name.into(), serve));
        self
    }

    /// Sets the seed of the fuzzy delay. Random by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.parts.seed = Some(seed);
        self
    }

    /// Reads the settings, if they come from a source, and collects the managers' tasks.
    ///
    /// # Errors
    /// When the settings cannot be read, the table cannot be built with them, or the host, the program or the topic has
    /// an invalid name.
    pub fn build(self) -> Result<Service, Error>
    where
        S: MakeContext<M::Context>,
    {
        let Parts { mut identity, topic, settings, source, hooks, registry, endpoints, seed } = self.parts;
        let settings = match &source {
            Some(source) => source.read()?,
            None => settings,
        };
        identity.topic = topic.unwrap_or_else(|| topic_of(&identity.binary).to_owned());
        identity.check()?;
        let runner = self.runner.node(&identity.host).settings(settings).build()?;
        let state = ServiceState { identity, hooks, registry, handle: runner.handle(), source };
        Ok(Service { runner, state: Arc::new(state), endpoints, seed })
    }
}

impl<M, S> std::fmt::Debug for ServiceBuilder<M, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServiceBuilder")
            .field("identity", &self.parts.identity)
            .field("runner", &self.runner)
            .finish_non_exhaustive()
    }
}
