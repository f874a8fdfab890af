//! The processor time of a year of nova-compute in virtual time: a line of `year` and the seconds of each round.
//!
//! A program of its own, because it is built with the simulator.

#![allow(clippy::print_stdout, clippy::expect_used)]

use std::hint::black_box;

use periodic::sim::Simulation;
use periodic::task::{Interval, Task, TaskName, TaskSpec};
use periodic_bench::rounds::each;

#[path = "../../../examples/tables/nova_compute.rs"]
mod nova_compute;

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(7);
    let heartbeat = TaskSpec::new("report_state").every(Interval::from_secs(10));
    let heartbeat = Task::new(TaskName::new("Service", "report_state").expect("a name"), heartbeat);
    let node = Simulation::of(&nova_compute::ComputeManager).with(heartbeat);
    let mut seconds = Vec::new();
    for _ in 0..rounds {
        let nanos = each(|| {
            let slots: u64 =
                node.clone().run_for("365d").expect("a length").map(|record| record.count()).sum();
            black_box(slots);
            1
        });
        seconds.push((nanos / 1e9).to_string());
    }
    println!("year {}", seconds.join(" "));
}
