//! All tasks due at once.

use clokwerk::TimeUnits;
use periodic::scheduler::SlotRecord;

use super::{Effort, SECOND, TEN_K};
use crate::finding::{Finding, Unit};
use crate::ours::devices::Plain;
use crate::ours::passes::Passes;
use crate::ours::scale::Direct;
use crate::peers::clokwerk::Clokwerk;
use crate::peers::delay_queue::Delays;
use crate::peers::interval::Intervals;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

/// Goal 2.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let mut ours = Passes::<Vec<Plain>>::of(TEN_K);
    let mut direct = Direct::of(TEN_K, |_| SECOND);
    let mut clokwerk = Clokwerk::of(TEN_K, 1.second());
    let mut delays = Delays::of(TEN_K, |_| SECOND);
    let mut intervals = Intervals::of(TEN_K, |_| SECOND);
    let empty = paused();
    let steps = 8;
    let [ours, direct, clokwerk, delays, intervals, empty] = in_turn(
        effort.rounds,
        [
            Box::new(|| ours.round(steps, SECOND)),
            Box::new(|| direct.round(steps, SECOND)),
            Box::new(|| clokwerk.round(steps)),
            Box::new(|| delays.round(steps, SECOND)),
            Box::new(|| intervals.round(steps, SECOND)),
            Box::new(|| empty_round(&empty, 200, SECOND)),
        ],
    );
    let a_step = empty.median / TEN_K as f64;
    let limit = format!(
        "driven step by step, the scheduler takes {} for a run; what the short way of a pass leaves is a record of {} \
         bytes for each run, its counters, its next slot, and three counts of references",
        Unit::Nanos.written(direct.median),
        size_of::<SlotRecord>()
    );
    vec![
        Finding::beside("due_clokwerk", ours, "clokwerk", clokwerk).note(&limit),
        Finding::beside("due_delay_queue", ours, "DelayQueue", delays.less(a_step)).note(&limit),
        Finding::beside("due_interval", ours, "tokio interval", intervals.less(a_step)).note(&limit),
    ]
}
