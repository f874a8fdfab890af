//! Periods of 10 to 1000 ms in virtual time, in steps of 10 ms, so that no task is due twice in a step.

use std::time::Duration;

use super::{Effort, period};
use crate::finding::Finding;
use crate::ours::floor::Floor;
use crate::ours::passes::Passes;
use crate::ours::scale::Direct;
use crate::peers::delay_queue::Delays;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

const STEP: Duration = Duration::from_millis(10);

/// Returns the findings of goal G, those of goal H but one, and comparisons beside the goals.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let small = compared(["", "pass_1k", "mixed_1k"], 1_000, 400, effort.rounds);
    let middle = compared(["stepped_10k", "", ""], 10_000, 100, effort.rounds);
    let large = compared(["stepped_1m", "pass_1m", "mixed_1m"], effort.million, 10, effort.rounds);
    [small, middle, large].concat()
}

/// Compares the scheduler and the pass with the floor, and the pass with the peer; an empty key is not wanted.
fn compared(
    [stepped, pass, peer]: [&'static str; 3],
    tasks: usize,
    steps: u32,
    rounds: usize,
) -> Vec<Finding> {
    let (mut ours, mut direct) = (Passes::mixed(tasks), Direct::of(tasks, period));
    let mut floor = Floor::of(tasks, period);
    let mut delays = Delays::of(tasks, period);
    let empty = paused();
    let [ours, direct, floor, delays, empty] = in_turn(
        rounds,
        [
            Box::new(|| ours.round(steps, STEP)),
            Box::new(|| direct.round(steps, STEP)),
            Box::new(|| floor.round::<5>(steps, STEP)),
            Box::new(|| delays.round(steps, STEP)),
            Box::new(|| empty_round(&empty, steps, STEP)),
        ],
    );
    let due: f64 = (0..tasks).map(|task| STEP.as_secs_f64() / period(task).as_secs_f64()).sum();
    let delays = delays.less(empty.median / due);
    let by_hand = "floor by hand";
    let mut findings = vec![
        Finding::beside(stepped, direct, by_hand, floor).note(
            "a run is noted when it is handed out, found again at its end, and queued for its next slot; with many \
             tasks each step finds the row in no cache",
        ),
        Finding::beside(pass, ours, by_hand, floor)
            .note("the floor has 64 bytes for a task; a row, its manager and its record are in no cache"),
        Finding::beside(peer, ours, "DelayQueue", delays),
    ];
    findings.retain(|finding| !finding.key.is_empty());
    findings
}
