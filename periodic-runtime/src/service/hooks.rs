use std::sync::Arc;
use std::time::Duration;

use super::ServiceIdentity;
use crate::boxed::{BoxError, Boxed};

/// What a hook returns; `?` turns most errors into its error.
pub type HookResult = Result<(), BoxError>;

/// What a service does besides its tasks when it starts, stops and reloads.
///
/// Each method does nothing unless it is written. A manager that implements it goes into the service behind an
/// [`Arc`], once as the manager and once as the hooks.
///
/// A hook at the start may take as long as it wants; a stop meanwhile drops it where it waits. A hook at the stop is
/// dropped when the grace time is over (but each is given a second); its failure is logged and stops nothing.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// # use periodic_core::PeriodicManager;
/// # use periodic_core::manager::{Call, Given};
/// # use periodic_core::table::Collector;
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
    /// First of all: brings the host's own state in order. The service has no record yet.
    ///
    /// # Errors
    /// Ends the start.
    fn init_host(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// The service's record exists, but nobody can reach the service.
    ///
    /// # Errors
    /// Ends the start.
    fn pre_start_hook(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// The endpoints are up; the service is not a member yet.
    ///
    /// # Errors
    /// Ends the start.
    fn post_start_hook(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// New settings are in force.
    ///
    /// # Errors
    /// Is logged; the settings stay in force.
    fn reset(&self, service: &ServiceIdentity) -> impl Future<Output = HookResult> + Send {
        let _ = service;
        async { Ok(()) }
    }

    /// The service stops: no task runs any more and membership is left, but the endpoints are still up. `left` is
    /// what remains of the grace time, if that has an end. Called where `post_start_hook` had succeeded.
    ///
    /// # Errors
    /// Is logged.
    fn graceful_shutdown(
        &self,
        service: &ServiceIdentity,
        left: Option<Duration>,
    ) -> impl Future<Output = HookResult> + Send {
        let _ = (service, left);
        async { Ok(()) }
    }

    /// Last of all: undoes `init_host`. Called where that had succeeded.
    ///
    /// # Errors
    /// Is logged.
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

/// [`Hooks`] of whatever type.
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
