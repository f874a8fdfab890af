//! Periods of 10 to 1000 ms, in steps of 10 ms, so that no task is due twice in a step.

use std::time::Duration;

use super::{Effort, period};
use crate::finding::{Finding, Unit};
use crate::ours::floor::Floor;
use crate::ours::passes::Passes;
use crate::ours::scale::Direct;
use crate::peers::delay_queue::Delays;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

const STEP: Duration = Duration::from_millis(10);

/// Returns the findings of goal 3.
pub fn findings(effort: Effort) -> Vec<Finding> {
    vec![
        compared("mixed_1k", 8.0, 1_000, 400, effort.rounds),
        compared("mixed_1m", 5.0, effort.million, 10, effort.rounds),
    ]
}

fn compared(key: &'static str, goal: f64, tasks: usize, steps: u32, rounds: usize) -> Finding {
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
    let written = |figure| Unit::Nanos.written(figure);
    Finding::beside(key, ours, "DelayQueue", delays).note(format!(
        "goal here: {}. A handwritten loop with 64 bytes for a task, the same outcomes, counters and order \
         costs {}. With many tasks most of the cost is memory: a task's row, its manager, its record and its \
         bucket are in no cache. Driven step by step, as by the runner, the scheduler alone costs {}",
        written(delays.median / goal),
        written(floor.median),
        written(direct.median),
    ))
}
