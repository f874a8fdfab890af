//! The tasks of a compute node, under the names and with the spacings of nova-compute.
//!
//! The names keep their underscore, because operators know them so from the original.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use periodic::prelude::*;
use tracing::{debug, info, warn};

use crate::context::RequestContext;
use crate::database::{Database, Instance, NodeRecord};
use crate::fleet::Records;
use crate::host;
use crate::hypervisor::Hypervisor;

/// The time that a state may last before a task corrects it; the original reads these from its settings.
const INSTANCE_BUILD_TIMEOUT: Duration = Duration::from_secs(600);
const REBOOT_TIMEOUT: Duration = Duration::from_secs(120);
const RESCUE_TIMEOUT: Duration = Duration::from_secs(3600);
const RESIZE_CONFIRM_WINDOW: Duration = Duration::from_secs(3600);
const SHELVED_OFFLOAD_TIME: Duration = Duration::from_secs(3600);
const RECLAIM_INSTANCE_INTERVAL: Duration = Duration::from_secs(3600);
const UNUSED_IMAGE_AGE: Duration = Duration::from_secs(86_400);

pub(crate) struct ComputeManager {
    host: String,
    database: Arc<Database>,
    records: Records,
    driver: Arc<dyn Hypervisor>,
    slow_sync: Duration,
}

impl ComputeManager {
    pub(crate) fn new(
        host: String,
        database: Arc<Database>,
        records: Records,
        driver: Arc<dyn Hypervisor>,
    ) -> Self {
        Self { host, database, records, driver, slow_sync: Duration::ZERO }
    }

    /// Delays the comparison of power states by `each` per instance, like a hypervisor under load.
    pub(crate) fn slow_sync(self, each: Duration) -> Self {
        Self { slow_sync: each, ..self }
    }

    /// Opens the database, records the node in it, and starts the guests of the instances that were running when the
    /// host went down. Without a database it does nothing.
    pub(crate) fn init_host(&self) -> anyhow::Result<()> {
        if !self.database.is_there() {
            return Ok(());
        }
        self.database.open()?;
        if let Some(process) = self.database.begin(&self.host)? {
            warn!(process, "the node did not stop the last time; its leftovers are taken over");
        }
        let instances = self.database.running_instances()?;
        instances
            .iter()
            .try_for_each(|instance| self.driver.start(instance))
            .context("guests cannot be started")
    }

    pub(crate) fn cleanup_host(&self) -> anyhow::Result<()> {
        if self.database.is_there() { self.database.end(&self.host) } else { Ok(()) }
    }

    /// Makes the first audit, before the node's resources can be requested.
    pub(crate) fn audit_resources(&self) -> anyhow::Result<()> {
        self.update_available_resource(&RequestContext::admin())
    }

    pub(crate) fn save_guests(&self, hypervisor: &str, guests: usize) -> anyhow::Result<()> {
        self.records.save_guests(&self.host, hypervisor, guests)
    }

    pub(crate) fn record(&self) -> anyhow::Result<Option<NodeRecord>> {
        self.database.node(&self.host)
    }

    fn sync_power_state(
        &self,
        context: &RequestContext,
        instance: &Instance,
        runs: bool,
    ) -> anyhow::Result<()> {
        let Instance { name, vm_state, running } = instance;
        let should_run = matches!(vm_state.as_str(), "active" | "rescued" | "resized");
        match (should_run, runs) {
            (true, false) => {
                warn!(%context, instance = name, vm_state, "the guest has ended by itself; set to stopped");
                self.database.set_state(name, "stopped", false)
            }
            (false, true) => {
                warn!(%context, instance = name, vm_state, "the guest runs but should not; it is stopped");
                self.driver.stop(name)?;
                self.database.set_state(name, vm_state, false)
            }
            _ if *running != runs => self.database.set_state(name, vm_state, runs),
            _ => Ok(()),
        }
    }
}

#[periodic_manager(context = RequestContext, include(driver))]
impl ComputeManager {
    /// Sets instances to error whose build takes too long.
    #[periodic_task]
    fn _check_instance_build_time(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.instances_in("building", INSTANCE_BUILD_TIMEOUT)? {
            self.database.set_state(&instance, "error", false)?;
            warn!(%context, instance, "took too long to build");
        }
        Ok(())
    }

    /// Reports the instances of this host to the scheduler.
    #[periodic_task(spacing = 120)]
    fn _sync_scheduler_instance_info(&self, context: &RequestContext) -> anyhow::Result<()> {
        let instances = self.database.report_instances(&self.host)?;
        info!(%context, instances, "the scheduler knows this host's instances");
        Ok(())
    }

    /// Refreshes the network information of one instance, the oldest. Off by default, as in the original.
    #[periodic_task(spacing = -1)]
    fn _heal_instance_info_cache(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.heal_oldest_info()? {
            info!(%context, instance, "network information refreshed");
        }
        Ok(())
    }

    /// Restarts instances whose reboot is stuck.
    #[periodic_task]
    fn _poll_rebooting_instances(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.instances_during("rebooting", REBOOT_TIMEOUT)? {
            self.driver.restart(&instance)?;
            self.database.set_state(&instance, "active", true)?;
            info!(%context, instance, "rebooted hard");
        }
        Ok(())
    }

    /// Takes instances out of rescue that were left in it.
    #[periodic_task]
    fn _poll_rescued_instances(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.instances_in("rescued", RESCUE_TIMEOUT)? {
            self.driver.restart(&instance)?;
            self.database.set_state(&instance, "active", true)?;
            info!(%context, instance, "back from rescue");
        }
        Ok(())
    }

    /// Confirms resizes that were neither confirmed nor reverted.
    #[periodic_task]
    fn _poll_unconfirmed_resizes(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.confirm_resizes(RESIZE_CONFIRM_WINDOW)? {
            self.database.set_state(&instance, "active", true)?;
            info!(%context, instance, "resize confirmed");
        }
        Ok(())
    }

    /// Frees the host of instances that have been shelved for long.
    #[periodic_task(spacing = 3600)]
    fn _poll_shelved_instances(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.instances_in("shelved", SHELVED_OFFLOAD_TIME)? {
            self.driver.stop(&instance)?;
            self.database.set_state(&instance, "shelved_offloaded", false)?;
            info!(%context, instance, "offloaded");
        }
        Ok(())
    }

    /// Records the number of instances that ran. Its periods have no gap and no overlap, because a run's window begins
    /// at the end of the window of the last good run.
    #[periodic_task]
    fn _instance_usage_audit(&self, context: &RequestContext, run: &Run) -> anyhow::Result<()> {
        let window = run.window();
        // The first run has no window before it; the second one's window begins at its slot.
        let Some(start) = window.start else { return Ok(()) };
        let instances = self.database.count_running()?;
        if self.database.log_usage(start, window.end, instances)? {
            info!(%context, instances, from = %start, "usage noted");
        }
        Ok(())
    }

    /// Records the bytes that each guest has read and written.
    #[periodic_task(spacing = 0)]
    fn _poll_volume_usage(&self, context: &RequestContext) -> anyhow::Result<()> {
        let mut usage = BTreeMap::new();
        for (instance, process) in self.driver.guests() {
            if let Some(one) = host::disk_usage(process)? {
                usage.insert(instance, one);
            }
        }
        let read: u64 = usage.values().map(|one| one.read).sum();
        let written: u64 = usage.values().map(|one| one.written).sum();
        info!(%context, volumes = usage.len(), read, written, "volume usage noted");
        self.database.save_volume_usage(&usage)
    }

    /// Compares the driver's power states with the database, and corrects the differences.
    #[periodic_task(spacing = 600, run_immediately)]
    fn _sync_power_states(&self, context: &RequestContext, run: &Run) -> anyhow::Result<()> {
        let guests = self.driver.guests();
        let instances = self.database.settled_instances()?;
        for (done, instance) in instances.iter().enumerate() {
            if run.is_cancelled() {
                break;
            }
            run.progress(format!("{done} of {}", instances.len()));
            debug!(%context, instance = instance.name, "the hypervisor is asked");
            std::thread::sleep(self.slow_sync);
            self.sync_power_state(context, instance, guests.contains_key(&instance.name))?;
        }
        info!(%context, instances = instances.len(), guests = guests.len(), "power states compared");
        Ok(())
    }

    /// Deletes instances for good that were softly deleted long enough ago.
    #[periodic_task]
    fn _reclaim_queued_deletes(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.instances_in("soft-deleted", RECLAIM_INSTANCE_INTERVAL)? {
            self.driver.stop(&instance)?;
            self.database.set_state(&instance, "deleted", false)?;
            info!(%context, instance, "reclaimed");
        }
        Ok(())
    }

    /// Audits this host's resources and updates its record. The hooks call it before the first slot.
    #[periodic_task(spacing = 60)]
    fn update_available_resource(&self, context: &RequestContext) -> anyhow::Result<()> {
        let now = host::resources()?;
        self.records.save(&self.host, &now)?;
        info!(
            %context,
            host = self.host,
            vcpus = now.vcpus,
            load = now.load,
            memory_used_mib = now.memory_used_mib,
            memory_mib = now.memory_mib,
            disk_free_gib = now.disk_free_gib,
            "resources audited",
        );
        Ok(())
    }

    /// Stops guests of deleted instances: they were deleted while the host was down.
    #[periodic_task(spacing = 1800, run_immediately)]
    fn _cleanup_running_deleted_instances(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.deleted_instances()? {
            if self.driver.stop(&instance)? {
                self.database.set_state(&instance, "deleted", false)?;
                warn!(%context, instance, "a deleted instance was running; stopped");
            }
        }
        Ok(())
    }

    /// Drops cached images that no instance uses any more.
    #[periodic_task(spacing = 2400, external_process_ok)]
    fn _run_image_cache_manager_pass(&self, context: &RequestContext) -> anyhow::Result<()> {
        for image in self.database.trim_image_cache(UNUSED_IMAGE_AGE)? {
            info!(%context, image, "removed from the image cache");
        }
        Ok(())
    }

    /// Removes the remaining data of deleted instances.
    #[periodic_task(spacing = 300)]
    fn _run_pending_deletes(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.remove_leftovers()? {
            info!(%context, instance, "leftovers removed");
        }
        Ok(())
    }

    /// Fails migrations whose instances are gone.
    #[periodic_task(spacing = 300)]
    fn _cleanup_incomplete_migrations(&self, context: &RequestContext) -> anyhow::Result<()> {
        for instance in self.database.fail_orphaned_migrations()? {
            info!(%context, instance, "incomplete migration given up");
        }
        Ok(())
    }

    /// Removes expired console tokens.
    #[periodic_task(spacing = 300)]
    fn _cleanup_expired_console_auth_tokens(&self, context: &RequestContext) -> anyhow::Result<()> {
        let removed = self.database.remove_expired_tokens()?;
        if removed > 0 {
            info!(%context, removed, "expired console tokens removed");
        }
        Ok(())
    }
}
