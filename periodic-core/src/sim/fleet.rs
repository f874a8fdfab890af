use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Timeline;
use super::fold::Fold;
use crate::time::Now;

/// Plays timelines of one table and one length side by side through one fold, in the order of time. A task has the same
/// number in all of them.
pub(crate) fn play_together<F: Fold>(timelines: &mut [Timeline], fold: &mut F) {
    let next = |timeline: &Timeline| timeline.engine.next_instant().min(timeline.engine.end);
    let mut queue: BinaryHeap<_> =
        timelines.iter().enumerate().map(|(node, timeline)| Reverse((next(timeline), node))).collect();
    while let Some(Reverse((_, node))) = queue.pop() {
        let timeline = &mut timelines[node];
        timeline.engine.step(fold);
        while let Some(record) = timeline.engine.take_record() {
            fold.recorded(&record);
        }
        if !timeline.engine.over {
            queue.push(Reverse((next(timeline), node)));
        }
    }
    let first = timelines.first();
    fold.over(first.map_or(&[], Timeline::tasks), first.map_or_else(Now::default, |one| one.engine.now()));
}
