//! The manager's interface to a hardware driver.

use std::collections::BTreeMap;

use periodic::prelude::*;
use tracing::debug;

use crate::context::RequestContext;
use crate::manager::ComputeManager;

/// A driver. Its tasks join those of the manager that includes it, and receive that manager.
#[periodic_manager(owner = ComputeManager, context = RequestContext)]
pub(crate) trait Hypervisor {
    fn kind(&self) -> &'static str;

    /// Returns the processes of the running guests, by instance.
    fn guests(&self) -> BTreeMap<String, u32>;

    /// Starts an instance's guest, unless it runs.
    fn start(&self, instance: &str) -> anyhow::Result<()>;

    /// Restarts an instance's guest.
    fn restart(&self, instance: &str) -> anyhow::Result<()>;

    /// Stops an instance's guest; `false` if it has none.
    fn stop(&self, instance: &str) -> anyhow::Result<bool>;

    /// Writes the running guests into the node's record.
    #[periodic_task(spacing = 30, initial_delay = 1)]
    fn report_guests(&self, manager: &ComputeManager, context: &RequestContext) -> anyhow::Result<()> {
        let guests = self.guests().len();
        debug!(%context, guests, "reported");
        manager.save_guests(self.kind(), guests)
    }
}
