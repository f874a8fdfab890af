//! Periods of 10 to 1000 ms, in steps of 10 ms, so that no task is due twice in a step.

use std::time::Duration;

use periodic::scheduler::SlotRecord;

use super::{Effort, period};
use crate::finding::{Finding, Unit};
use crate::ours::passes::Passes;
use crate::ours::scale::Direct;
use crate::peers::delay_queue::Delays;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

const STEP: Duration = Duration::from_millis(10);

/// Goal 3.
pub fn findings(effort: Effort) -> Vec<Finding> {
    vec![
        compared("mixed_1k", 1_000, 400, effort.rounds),
        compared("mixed_1m", effort.million, 10, effort.rounds),
    ]
}

fn compared(key: &'static str, tasks: usize, steps: u32, rounds: usize) -> Finding {
    let (mut ours, mut direct) = (Passes::mixed(tasks), Direct::of(tasks, period));
    let mut delays = Delays::of(tasks, period);
    let empty = paused();
    let [ours, direct, delays, empty] = in_turn(
        rounds,
        [
            Box::new(|| ours.round(steps, STEP)),
            Box::new(|| direct.round(steps, STEP)),
            Box::new(|| delays.round(steps, STEP)),
            Box::new(|| empty_round(&empty, steps, STEP)),
        ],
    );
    let due: f64 = (0..tasks).map(|task| STEP.as_secs_f64() / period(task).as_secs_f64()).sum();
    Finding::beside(key, ours, "DelayQueue", delays.less(empty.median / due)).note(format!(
        "driven step by step, the scheduler takes {} for a run; what the short way of a pass leaves is a record of {} \
         bytes for each run, and its row and declaration, which are in no cache where tasks are many",
        Unit::Nanos.written(direct.median),
        size_of::<SlotRecord>()
    ))
}
