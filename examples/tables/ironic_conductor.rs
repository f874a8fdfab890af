//! The periodic tasks of ironic-conductor and of its redfish and drac drivers, each with its spacing under the default
//! options. Tasks that those options leave out are left out here.

// The tasks of this table are never called.
#![allow(clippy::unused_self)]

use periodic::prelude::*;

pub(crate) struct ConductorManager {
    redfish: Redfish,
    drac: Drac,
}

impl ConductorManager {
    pub(crate) const fn new() -> Self {
        Self { redfish: Redfish, drac: Drac }
    }
}

#[periodic_manager(include(redfish, drac))]
impl ConductorManager {
    #[periodic_task(spacing = 3600)]
    fn _clean_up_caches(&self) {}

    #[periodic_task(spacing = 120)]
    fn _sync_power_states(&self) {}

    #[periodic_task(spacing = 300)]
    fn _power_failure_recovery(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_deploy_timeouts(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_orphan_nodes(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_cleanwait_timeouts(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_rescuewait_timeouts(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_servicewait_timeouts(&self) {}

    #[periodic_task(spacing = 180)]
    fn _sync_local_state(&self) {}

    #[periodic_task(spacing = 600, enabled = false)]
    fn _send_sensor_data(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_inspect_wait_timeouts(&self) {}

    #[periodic_task(spacing = 60)]
    fn _check_orphan_allocations(&self) {}

    #[periodic_task(spacing = 86400)]
    fn manage_node_history(&self) {}

    #[periodic_task(spacing = 86400)]
    fn cleanup_stale_conductors(&self) {}
}

struct Redfish;

#[periodic_manager]
impl Redfish {
    #[periodic_task(spacing = 60)]
    fn _query_bios_config_status(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_firmware_update_status(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_firmware_update_failed(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_update_status(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_update_failed(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_raid_config_status(&self) {}

    #[periodic_task(spacing = 60)]
    fn _query_raid_config_failed(&self) {}

    #[periodic_task(spacing = 120)]
    fn _expire_console_sessions(&self) {}
}

struct Drac;

#[periodic_manager]
impl Drac {
    #[periodic_task(spacing = 120)]
    fn _query_raid_config_job_status(&self) {}
}
