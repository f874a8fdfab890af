//! A year of a compute node in virtual time: `cargo run --release --example year`.
//!
//! The table is that of nova-compute with its heartbeat. Nothing of it runs; what would run, and when, is played by the
//! scheduler that a service has.

// A program's own output.
#![allow(clippy::print_stdout)]
// Nothing of these tasks is called.
#![allow(clippy::unused_self)]

use std::error::Error;
use std::time::Instant;

use periodic::prelude::*;
use periodic::sim::{Event, Simulation, Takes};
use periodic::table::Task;
use periodic::task::{Interval, TaskName, TaskSpec};

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

fn main() -> Result<(), Box<dyn Error>> {
    let heartbeat = TaskSpec::new("report_state").every(Interval::from_secs(10));
    let node =
        Simulation::of(&ComputeManager).with(Task::new(TaskName::new("Service", "report_state"), heartbeat));

    let begun = Instant::now();
    let slots: u64 = node.clone().run_for("365d")?.map(|record| record.count()).sum();
    println!("A year as it is declared: {slots} slots in {:.2?}.\n", begun.elapsed());

    let begun = Instant::now();
    let summary = node
        .start("2026-01-01T00:00:00Z")
        .limit(8)
        .task("*", Takes::between("100ms", "3s").failing(0.001))
        .task("_sync_power_states", Takes::listed(["20s", "20s", "20s", "15m"]))
        .at("30d", Event::restart_after("2m"))
        .at("60d", Event::suspend("8h"))
        .at("90d", Event::pause("_run_image_cache_manager_pass"))
        .at("120d", Event::set_clock_back("1h"))
        .run_for("365d")?
        .summary()?;
    println!(
        "A year in which things happen, eight runs at once at most, in {:.2?}:\n\n{summary}",
        begun.elapsed()
    );
    Ok(())
}
