//! Async tasks: inline in a pass, and spawned by a runner.

use super::{Effort, SECOND, TEN_K};
use crate::finding::{Finding, Unit};
use crate::ours::devices::{Inline, Plain};
use crate::ours::floor::Floor;
use crate::ours::passes::Passes;
use crate::ours::spawned::SpawnedRuns;
use crate::peers::spawn::Spawns;
use crate::rounds::in_turn;

/// The passes of each round: enough that the cache contents of the contender before count little.
const PASSES: u32 = 32;

/// Returns the findings of goal 4, without the allocations.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let (mut inline, mut plain) = (Passes::<Vec<Inline>>::of(TEN_K), Passes::<Vec<Plain>>::of(TEN_K));
    let mut floor = Floor::of(TEN_K, |_| SECOND);
    let mut spawned = SpawnedRuns::of(TEN_K);
    let mut spawns = Spawns::of(TEN_K as u64);
    let [inline, plain, floor, spawned, spawns] = in_turn(
        effort.rounds,
        [
            Box::new(|| inline.round(PASSES, SECOND)),
            Box::new(|| plain.round(PASSES, SECOND)),
            Box::new(|| floor.round::<5>(PASSES, SECOND)),
            Box::new(|| spawned.round(PASSES)),
            Box::new(|| spawns.round(PASSES)),
        ],
    );
    let written = |figure: f64| Unit::Nanos.written(figure);
    vec![
        Finding::beside("async_inline", inline, "tokio::spawn", spawns).note(format!(
            "goal here: {}. A run without an await costs {} in a handwritten loop with the same outcomes, \
             counters and order, and {} in the sequential pass. Polling the future in place adds {}",
            written(spawns.median / 15.0),
            written(floor.median),
            written(plain.median),
            written(inline.median - plain.median)
        )),
        Finding::beside("spawned", spawned, "tokio::spawn", spawns).note(format!(
            "goal here: {}. A plain inline run of the sequential pass costs {}. The rest notes the run as \
             active, reads a clock, boxes the future, and moves the run to its worker and its end back",
            written(spawns.median * 1.3),
            written(plain.median)
        )),
    ]
}
