//! A year of a compute node in virtual time: `cargo run --release --example year`.
//!
//! The table is that of nova-compute with its heartbeat. No task runs; the scheduler of a service plays the runs and
//! their times.

use std::error::Error;
use std::time::Instant;

use periodic::sim::{ScriptEvent, Simulation, Takes};
use periodic::task::{Interval, Task, TaskName, TaskSpec};

use nova_compute::ComputeManager;
use stdout::say;

#[path = "tables/nova_compute.rs"]
mod nova_compute;
mod stdout;

fn main() -> Result<(), Box<dyn Error>> {
    let heartbeat = TaskSpec::new("report_state").every(Interval::from_secs(10));
    let node =
        Simulation::of(&ComputeManager).with(Task::new(TaskName::new("Service", "report_state")?, heartbeat));

    let begun = Instant::now();
    let slots: u64 = node.clone().run_for("365d")?.map(|record| record.count()).sum();
    say(format_args!("A year as it is declared: {slots} slots in {:.2?}.\n", begun.elapsed()));

    let begun = Instant::now();
    let summary = node
        .start("2026-01-01T00:00:00Z")
        .limit(8)
        .task("*", Takes::between("100ms", "3s").failing(0.001))
        .task("_sync_power_states", Takes::listed(["20s", "20s", "20s", "15m"]))
        .at("30d", ScriptEvent::restart_after("2m"))
        .at("60d", ScriptEvent::suspend("8h"))
        .at("90d", ScriptEvent::pause("_run_image_cache_manager_pass"))
        .at("120d", ScriptEvent::set_clock_back("1h"))
        .run_for("365d")?
        .summary()?;
    say(format_args!(
        "A year with events, at most eight runs at once, in {:.2?}:\n\n{summary}",
        begun.elapsed()
    ));
    Ok(())
}
