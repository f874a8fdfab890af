use std::sync::Arc;
use std::time::Duration;

use super::ServiceIdentity;
use crate::boxed::{BoxError, Boxed};

/// The result of a hook; `?` turns most errors into its error.
pub type HookResult = Result<(), BoxError>;

/// The work of a service besides its tasks when it starts, stops and reloads.
///
/// Each method does nothing by default. A manager that implements `Hooks` goes into the service behind an [`Arc`], once
/// as the manager and once as the hooks.
///
/// A hook at the start has no time limit; a stop meanwhile drops it where it waits. A hook at the stop is dropped when
/// the grace time is over, but gets at least a second. Its failure is logged and does not interrupt the stop.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// # use periodic_core::PeriodicManager;
/// # use periodic_core::manager::{Call, Collector, Given};
/// use periodic_runtime::Service;
/// use periodic_runtime::service::{HookResult, Hooks, ServiceIdentity};
///
/// struct ComputeManager;
/// # impl PeriodicManager for ComputeManager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("ComputeManager");
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("ComputeManager", row)
/// #     }
/// # }
///
/// impl Hooks for ComputeManager {
///     async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
///         println!("taking up the guests of {}", service.host);
///         Ok(())
///     }
/// }
///
/// let manager = Arc::new(ComputeManager);
/// let service = Service::builder(Arc::clone(&manager)).hooks(manager).build()?;
/// # let _ = service;
/// # Ok::<(), periodic_runtime::Error>(())
/// ```
pub trait Hooks: Send + Sync + 'static {
    /// Runs first: prepares the host's own state. The service has no record yet.
    ///
    /// # Errors
    /// An error ends the start.
    fn init_host(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// Runs once the service's record exists, before the endpoints start.
    ///
    /// # Errors
    /// An error ends the start.
    fn pre_start_hook(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// Runs once the endpoints are up, before the service is a member.
    ///
    /// # Errors
    /// An error ends the start.
    fn post_start_hook(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// Runs after new settings were put in force.
    ///
    /// # Errors
    /// An error is logged; the settings stay in force.
    fn reset(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// Runs at the stop: no task runs any more and the membership is left, but the endpoints are still up. `left` is
    /// the rest of the grace time; `None` if it has no end. Called only if `post_start_hook` succeeded.
    ///
    /// # Errors
    /// An error is logged.
    fn graceful_shutdown(
        &self,
        service: &ServiceIdentity,
        left: Option<Duration>,
    ) -> impl Future<Output = HookResult> + Send {
        let _ = (service, left);
        async { Ok(()) }
    }

    /// Runs last: undoes `init_host`. Called only if that succeeded.
    ///
    /// # Errors
    /// An error is logged.
    fn cleanup_host(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }
}

/// No hooks.
impl Hooks for () {}

impl<H: Hooks> Hooks for Arc<H> {
    async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
        (**self).init_host(service).await
    }

    async fn pre_start_hook(&self, service: &ServiceIdentity) -> HookResult {
        (**self).pre_start_hook(service).await
    }

    async fn post_start_hook(&self, service: &ServiceIdentity) -> HookResult {
        (**self).post_start_hook(service).await
    }

    async fn reset(&self, service: &ServiceIdentity) -> HookResult {
        (**self).reset(service).await
    }

    async fn graceful_shutdown(&self, service: &ServiceIdentity, left: Option<Duration>) -> HookResult {
        (**self).graceful_shutdown(service, left).await
    }

    async fn cleanup_host(&self, service: &ServiceIdentity) -> HookResult {
        (**self).cleanup_host(service).await
    }
}

/// A hook, as the service calls it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hook {
    InitHost,
    PreStart,
    PostStart,
    Reset,
    GracefulShutdown(Option<Duration>),
    CleanupHost,
}

/// [`Hooks`] of any type.
pub(super) trait AnyHooks: Send + Sync {
    fn call<'a>(&'a self, hook: Hook, service: &'a ServiceIdentity) -> Boxed<'a, HookResult>;
}

impl<H: Hooks> AnyHooks for H {
    fn call<'a>(&'a self, hook: Hook, service: &'a ServiceIdentity) -> Boxed<'a, HookResult> {
        match hook {
            Hook::InitHost => Box::pin(self.init_host(service)),
            Hook::PreStart => Box::pin(self.pre_start_hook(service)),
            Hook::PostStart => Box::pin(self.post_start_hook(service)),
            Hook::Reset => Box::pin(self.reset(service)),
            Hook::GracefulShutdown(left) => Box::pin(self.graceful_shutdown(service, left)),
            Hook::CleanupHost => Box::pin(self.cleanup_host(service)),
        }
    }
}
