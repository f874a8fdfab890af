//! The work of the node at its start and stop, in the order of nova-compute.

use std::sync::Arc;

use periodic::service::{HookResult, Hooks, ServiceIdentity};

use crate::manager::ComputeManager;

pub(crate) struct ComputeHooks(pub(crate) Arc<ComputeManager>);

impl ComputeHooks {
    /// Runs the manager's work, which blocks, on a thread for blocking work.
    async fn blocking(&self, work: fn(&ComputeManager) -> anyhow::Result<()>) -> HookResult {
        let manager = Arc::clone(&self.0);
        Ok(tokio::task::spawn_blocking(move || work(&manager)).await??)
    }
}

impl Hooks for ComputeHooks {
    async fn init_host(&self, _: &ServiceIdentity) -> HookResult {
        self.blocking(ComputeManager::init_host).await
    }

    async fn pre_start_hook(&self, _: &ServiceIdentity) -> HookResult {
        self.blocking(ComputeManager::audit_resources).await
    }

    async fn cleanup_host(&self, _: &ServiceIdentity) -> HookResult {
        self.blocking(ComputeManager::cleanup_host).await
    }
}
