//! The periodic tasks of nova-compute, each with its spacing under the default options.

// The tasks of this table are never called.
#![allow(clippy::unused_self)]

use periodic::prelude::*;

pub(crate) struct ComputeManager;

#[periodic_manager]
impl ComputeManager {
    #[periodic_task]
    fn _check_instance_build_time(&self) {}

    #[periodic_task(spacing = 120)]
    fn _sync_scheduler_instance_info(&self) {}

    #[periodic_task(spacing = -1)]
    fn _heal_instance_info_cache(&self) {}

    #[periodic_task]
    fn _poll_rebooting_instances(&self) {}

    #[periodic_task]
    fn _poll_rescued_instances(&self) {}

    #[periodic_task]
    fn _poll_unconfirmed_resizes(&self) {}

    #[periodic_task(spacing = 3600)]
    fn _poll_shelved_instances(&self) {}

    #[periodic_task]
    fn _instance_usage_audit(&self) {}

    #[periodic_task(spacing = 0)]
    fn _poll_volume_usage(&self) {}

    #[periodic_task(spacing = 600, run_immediately)]
    fn _sync_power_states(&self) {}

    #[periodic_task]
    fn _reclaim_queued_deletes(&self) {}

    #[periodic_task]
    fn update_available_resource(&self) {}

    #[periodic_task(spacing = 1800, run_immediately)]
    fn _cleanup_running_deleted_instances(&self) {}

    #[periodic_task(spacing = 2400, external_process_ok)]
    fn _run_image_cache_manager_pass(&self) {}

    #[periodic_task(spacing = 300)]
    fn _run_pending_deletes(&self) {}

    #[periodic_task(spacing = 300)]
    fn _cleanup_incomplete_migrations(&self) {}

    #[periodic_task(spacing = 300)]
    fn _cleanup_expired_console_auth_tokens(&self) {}
}
