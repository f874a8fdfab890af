//! The task table of nova-compute, as the simulator's users would have one.

use periodic::prelude::*;
use periodic::sim::Simulation;

use super::{every, task};

struct ComputeManager;

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

#[test]
fn a_month_of_a_compute_node() {
    let node = Simulation::of(&ComputeManager).with(task(every("report_state", 10)));
    let summary = node.run_for("30d").unwrap().summary().unwrap();
    let runs: Vec<u64> = summary.counts.all().map(|(_, counters)| counters.ok).collect();
    let minutes = 30 * 24 * 60;
    // A slot at the very end is not part of it; those that run at once have one more.
    let each = |minutes_apart: u64| minutes / minutes_apart - 1;
    let expected = [
        each(1),
        each(2),
        0,
        each(1),
        each(1),
        each(1),
        each(60),
        each(1),
        each(1),
        each(10) + 1,
        each(1),
        each(1),
        each(30) + 1,
        each(40),
        each(5),
        each(5),
        each(5),
        minutes * 6 - 1,
    ];
    assert_eq!(runs, expected);
    summary.counts.expect_all_ok().unwrap();
    // Eight each minute, and at the second hour all of them.
    assert_eq!(summary.bursts.most(), 8 + 8 + 6);
}
