//! The task table of nova-compute, as the simulator's users would have one.

use periodic::sim::Simulation;

use super::{every, task};
use crate::examples::tables::ComputeManager;

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
