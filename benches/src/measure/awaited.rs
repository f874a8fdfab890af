//! Async tasks: inline in a pass, and spawned by a runner.

use super::{Effort, SECOND, TEN_K};
use crate::finding::{Finding, Unit};
use crate::ours::devices::{Inline, Plain};
use crate::ours::passes::Passes;
use crate::ours::spawned::SpawnedRuns;
use crate::peers::spawn::Spawns;
use crate::rounds::in_turn;

/// Goal 4, but for the allocations.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let (mut inline, mut plain) = (Passes::<Vec<Inline>>::of(TEN_K), Passes::<Vec<Plain>>::of(TEN_K));
    let mut spawned = SpawnedRuns::of(TEN_K);
    let mut spawns = Spawns::of(TEN_K as u64);
    let [inline, plain, spawned, spawns] = in_turn(
        effort.rounds,
        [
            Box::new(|| inline.round(8, SECOND)),
            Box::new(|| plain.round(8, SECOND)),
            Box::new(|| spawned.round(8)),
            Box::new(|| spawns.round(8)),
        ],
    );
    let written = |figure: f64| Unit::Nanos.written(figure);
    vec![
        Finding::beside("async_inline", inline, "tokio::spawn", spawns).note(format!(
            "a plain inline run costs {}; the future adds {}",
            written(plain.median),
            written(inline.median - plain.median)
        )),
        Finding::beside("spawned", spawned, "tokio::spawn", spawns).note(format!(
            "a plain inline run, which is decided and recorded in the same way, costs {}; the rest reads a clock, \
             boxes the future, and moves the run to its worker: tokio has next to no share",
            written(plain.median)
        )),
    ]
}
