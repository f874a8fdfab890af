//! All tasks due at once, in virtual time: the sequential pass, the floor and the peers.

use std::time::Duration;

use clokwerk::TimeUnits;

use super::{Effort, SECOND, TEN_K};
use crate::finding::{Finding, Unit};
use crate::ours::devices::{Inline, Plain};
use crate::ours::floor::{Floor, STEPS};
use crate::ours::passes::Passes;
use crate::peers::clokwerk::Clokwerk;
use crate::peers::delay_queue::Delays;
use crate::peers::interval::Intervals;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

/// The passes of each round: enough that the cache contents of the contender before count little.
const PASSES: u32 = 32;

/// Returns a finding of goal H, and comparisons beside the goals.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let (mut ours, mut inline) = (Passes::<Vec<Plain>>::of(TEN_K), Passes::<Vec<Inline>>::of(TEN_K));
    let mut floor = Floor::of(TEN_K, |_| SECOND);
    let mut clokwerk = Clokwerk::of(TEN_K, 1.second());
    let mut delays = Delays::of(TEN_K, |_| SECOND);
    let mut intervals = Intervals::of(TEN_K, |_| SECOND);
    let empty = paused();
    let [ours, inline, floor, clokwerk, delays, intervals, empty] = in_turn(
        effort.rounds,
        [
            Box::new(|| ours.round(PASSES, SECOND)),
            Box::new(|| inline.round(PASSES, SECOND)),
            Box::new(|| floor.round::<5>(PASSES, SECOND)),
            Box::new(|| clokwerk.round(PASSES)),
            Box::new(|| delays.round(PASSES, SECOND)),
            Box::new(|| intervals.round(PASSES, SECOND)),
            Box::new(|| empty_round(&empty, 200, SECOND)),
        ],
    );
    let a_step = empty.median / TEN_K as f64;
    let (delays, intervals) = (delays.less(a_step), intervals.less(a_step));
    vec![
        Finding::beside("pass_due", ours, "floor by hand", floor)
            .note("the floor has no second clock, names, rules, tokens and timeouts"),
        Finding::beside("due_clokwerk", ours, "clokwerk", clokwerk),
        Finding::beside("due_delay_queue", ours, "DelayQueue", delays),
        Finding::beside("due_interval", ours, "tokio interval", intervals),
        Finding::beside("due_async", inline, "tokio interval", intervals),
    ]
}

/// Returns the parts of a run's cost, as Markdown: a handwritten loop, guarantee by guarantee, and this project.
pub fn floor(effort: Effort) -> String {
    let period: fn(usize) -> Duration = |_| SECOND;
    let mut floor = [(); STEPS.len()].map(|()| Floor::of(TEN_K, period));
    let [first, second, third, fourth, fifth, sixth] = &mut floor;
    let mut ours = Passes::<Vec<Plain>>::of(TEN_K);
    let [ours, steps @ ..] = in_turn(
        effort.rounds,
        [
            Box::new(|| ours.round(PASSES, SECOND)),
            Box::new(|| first.round::<0>(PASSES, SECOND)),
            Box::new(|| second.round::<1>(PASSES, SECOND)),
            Box::new(|| third.round::<2>(PASSES, SECOND)),
            Box::new(|| fourth.round::<3>(PASSES, SECOND)),
            Box::new(|| fifth.round::<4>(PASSES, SECOND)),
            Box::new(|| sixth.round::<5>(PASSES, SECOND)),
        ],
    );
    let mut text = String::from("| handwritten, each step with those above | one run |\n| --- | --: |\n");
    for (step, cost) in STEPS.iter().zip(steps) {
        text += &format!("| {step} | {} |\n", Unit::Nanos.written(cost.median));
    }
    text += &format!("| this project's sequential pass | {} |\n", Unit::Nanos.written(ours.median));
    text
}
