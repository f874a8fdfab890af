use std::fmt::Debug;

use periodic_core::task::{Anchor, Missed, Overlap};
use proptest::prelude::*;

use super::declared::{Declared, DeclaredJitter, Place, Retry};

fn seconds() -> impl Strategy<Value = i64> {
    prop::sample::select(&[-1, 0, 1, 5, 59, 60, 61, 120][..])
}

fn sometimes<T: Clone + Debug>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![3 => Just(None), 1 => value.prop_map(Some)]
}

/// Generates any declaration; most break few rules.
pub(super) fn declared() -> impl Strategy<Value = Declared> {
    let flag = || prop::bool::weighted(0.2);
    let jitter = prop_oneof![
        prop::sample::select(&[0, 5, 100, 120][..]).prop_map(DeclaredJitter::Percent),
        seconds().prop_map(DeclaredJitter::UpTo),
    ];
    let retry = (
        prop::option::weighted(0.9, 0..4_u32),
        prop::option::of((seconds(), prop::option::of(seconds()))),
        any::<bool>(),
    )
        .prop_map(|(attempts, backoff, jitter)| Retry { attempts, backoff, jitter });
    let overlap = prop_oneof![
        Just(Overlap::Skip),
        Just(Overlap::Queue),
        Just(Overlap::Replace),
        (0..3_u32).prop_map(Overlap::Allow),
    ];
    let missed = prop_oneof![Just(Missed::Coalesce), Just(Missed::Skip), (0..3_u16).prop_map(Missed::All),];
    let place = prop::sample::select(
        &[Place::Spawned, Place::Blocking, Place::Inline, Place::InlineAndBlocking, Place::AsyncAndBlocking]
            [..],
    );
    let schedule = (
        sometimes(seconds()),
        (flag(), flag(), flag()),
        sometimes(prop_oneof![Just(Anchor::Start), Just(Anchor::Finish)]),
        (flag(), flag()),
        sometimes(seconds()),
        sometimes(jitter),
    );
    let bounds = (
        sometimes(seconds()),
        sometimes(retry),
        sometimes(overlap),
        sometimes(missed),
        sometimes(seconds()),
        sometimes(0..3_u64),
        place,
    );
    (schedule, bounds).prop_map(|(schedule, bounds)| {
        let (spacing, (cron, tz, dst), from, (align, run_immediately), initial_delay, jitter) = schedule;
        let (timeout, retry, overlap, missed, grace, max_runs, place) = bounds;
        Declared {
            spacing,
            cron,
            tz,
            dst,
            from,
            align,
            run_immediately,
            initial_delay,
            jitter,
            timeout,
            retry,
            overlap,
            missed,
            grace,
            max_runs,
            place,
        }
    })
}
