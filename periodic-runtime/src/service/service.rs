use std::sync::Arc;

use periodic_core::{PeriodicManager, TaskTable};

use super::endpoint::Endpoints;
use super::state::ServiceState;
use super::{ServiceBuilder, ServiceControl, ServiceIdentity};
use crate::runner::{DefaultContext, Runner};

/// Managers with the other parts of a daemon: hooks, endpoints, a registry with a heartbeat, settings that can be read
/// again.
///
/// | start | stop, in the opposite order |
/// | --- | --- |
/// | [`Hooks::init_host`] | [`Hooks::cleanup_host`] |
/// | [`Registry::record`] | the record stays |
/// | [`Hooks::pre_start_hook`] | |
/// | the endpoints, in their order | the endpoints, the last one first |
/// | [`Hooks::post_start_hook`] | [`Hooks::graceful_shutdown`] |
/// | [`Registry::join`], and the heartbeat | no more heartbeats, [`Registry::leave`] |
/// | the periodic tasks, after the fuzzy delay | the periodic tasks, with the grace time |
///
/// `build` checks the settings. A step that fails ends the start, and the steps before it are taken back.
///
/// The *fuzzy delay* is a random time of at most the settings' `periodic_fuzzy_delay` (60 s unless set, 0 for none). It
/// spreads the first runs of a fleet that is started at once. Meanwhile the service is up, and a triggered task waits
/// for the end of the delay. With `periodic_enable = false` the declared tasks are left out and everything else runs;
/// tasks that are added through the [`Handle`](crate::Handle) run nevertheless.
///
/// The *heartbeat* is sent every `report_interval`, first after 5 s, if there is a registry. It has a task and a time
/// limit of its own: a slow task, a full limit or a registry that hangs delays no later heartbeat.
///
/// A run that is active for more than three times its spacing is logged at WARN, and again when it has ended.
///
/// [`Launcher`](crate::Launcher) runs services as a process, with signals and systemd.
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::{Ended, Execution, Next, TaskSpec};
/// # struct ComputeManager;
/// # impl PeriodicManager for ComputeManager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("ComputeManager");
/// #         collector.tasks(&[TaskSpec::new("poll").execution(Execution::Inline)]);
/// #     }
/// #     fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::Ready(Ended::Ok(Next::OnSchedule))
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use periodic_core::Settings;
/// use periodic_runtime::Service;
///
/// let service = Service::builder(ComputeManager)
///     .binary("nova-compute")
///     .settings(Settings::new().service(|options| options.periodic_fuzzy_delay = Duration::ZERO))
///     .endpoint("api", |shutdown| async move {
///         shutdown.cancelled().await;
///         Ok::<(), std::io::Error>(())
///     })
///     .build()?;
/// assert_eq!(service.identity().topic, "compute");
/// let tasks = service.control().tasks().clone();
/// let stopped = service.run_until(tokio::time::sleep(Duration::from_secs(150))).await?;
/// assert!(stopped.is_clean());
/// assert_eq!(tasks.status_of("poll")?.counters.ok, 2);
/// # Ok(())
/// # }
/// ```
///
/// [`Hooks::cleanup_host`]: super::Hooks::cleanup_host
/// [`Hooks::graceful_shutdown`]: super::Hooks::graceful_shutdown
/// [`Hooks::init_host`]: super::Hooks::init_host
/// [`Hooks::post_start_hook`]: super::Hooks::post_start_hook
/// [`Hooks::pre_start_hook`]: super::Hooks::pre_start_hook
/// [`Registry::join`]: super::Registry::join
/// [`Registry::leave`]: super::Registry::leave
/// [`Registry::record`]: super::Registry::record
pub struct Service {
    pub(super) runner: Runner,
    pub(super) state: Arc<ServiceState>,
    pub(super) endpoints: Endpoints,
    pub(super) seed: Option<u64>,
}

impl Service {
    /// Creates a builder of a service with the tasks of `manager`, whose runs get their context's `Default`.
    ///
    /// An `Arc` of a manager is a manager too; pass one to keep access to it.
    pub fn builder<M>(manager: M) -> ServiceBuilder
    where
        M: PeriodicManager<Owner = (), Context: DefaultContext>,
    {
        ServiceBuilder::new(Runner::builder(manager))
    }

    /// Creates a builder of a service with the tasks of `manager`, and makes its runs' contexts by a call of `make`.
    pub fn builder_with<M, F>(manager: M, make: F) -> ServiceBuilder
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        ServiceBuilder::new(Runner::builder_with(manager, make))
    }

    /// Creates a builder of a service with the tasks of `manager`, and makes its runs' contexts by a call of `make`. If
    /// that fails, the run is recorded as failed.
    pub fn try_builder_with<M, F, E>(manager: M, make: F) -> ServiceBuilder
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        ServiceBuilder::new(Runner::try_builder_with(manager, make))
    }

    /// Returns the control of the service, for use before and while it runs.
    pub fn control(&self) -> ServiceControl {
        ServiceControl::new(Arc::clone(&self.state))
    }

    /// Returns the identity of the service.
    pub fn identity(&self) -> &ServiceIdentity {
        &self.state.identity
    }

    /// Returns the table with which the service was built.
    pub fn table(&self) -> &TaskTable {
        self.runner.table()
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service")
            .field("identity", &self.state.identity)
            .field("runner", &self.runner)
            .finish_non_exhaustive()
    }
}
