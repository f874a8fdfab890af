use std::mem;

use super::ServiceIdentity;
use super::hooks::{AnyHooks, Hook, HookResult};
use super::registry::{AnyRegistry, RegistryCall};
use crate::boxed::{BoxError, Boxed};
use crate::catch_panic::{catch_panic, catch_panic_async};
use crate::runner::Handle;
use crate::settings::SettingsSource;

/// The state that a service, its heartbeat and its controls share.
pub(super) struct ServiceState {
    pub(super) identity: ServiceIdentity,
    pub(super) hooks: Box<dyn AnyHooks>,
    pub(super) registry: Option<Box<dyn AnyRegistry>>,
    pub(super) handle: Handle,
    /// The source of its settings, if they can be read again.
    pub(super) source: Option<SettingsSource>,
}

/// The hooks, the registry and the source are the user's: a panic in their `Drop` must not change how a service ends.
impl Drop for ServiceState {
    fn drop(&mut self) {
        let hooks = mem::replace(&mut self.hooks, Box::new(()));
        let _ = catch_panic(|| drop(hooks));
        let registry = self.registry.take();
        let _ = catch_panic(|| drop(registry));
        let source = self.source.take();
        let _ = catch_panic(|| drop(source));
    }
}

impl ServiceState {
    pub(super) fn hook(&self, hook: Hook) -> Boxed<'_, HookResult> {
        Box::pin(async move {
            // Called inside the future, because the call that makes the future may panic too.
            match catch_panic_async(async { self.hooks.call(hook, &self.identity).await }).await {
                Ok(end) => end,
                Err(panic) => Err(format!("it panicked: {panic}").into()),
            }
        })
    }

    /// Calls the registry; returns `Ok` without one.
    pub(super) fn ask(&self, ask: RegistryCall) -> Boxed<'_, Result<(), BoxError>> {
        Box::pin(async move {
            let Some(registry) = &self.registry else { return Ok(()) };
            match catch_panic_async(async { registry.ask(ask, &self.identity).await }).await {
                Ok(end) => end.map_err(Into::into),
                Err(panic) => Err(format!("the registry panicked: {panic}").into()),
            }
        })
    }
}
