use periodic::task::Missed;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::coverage;
use super::rehearsal::Rehearsal;
use super::script;
use super::{extra_polls, jitter, set_clocks};

/// This number of cases, the same in each run, so that a failure comes from a change. Where `PROPTEST_CASES` asks for
/// more, they are drawn anew.
///
/// A failing script is printed in its smallest form and becomes a test of its own; no file of seeds is kept,
/// because a seed means something else as soon as a strategy changes.
fn cases(least: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let drawn_anew = default.cases > least;
    let rng_seed = if drawn_anew { default.rng_seed } else { RngSeed::Fixed(u64::from(least)) };
    ProptestConfig { cases: default.cases.max(least), failure_persistence: None, rng_seed, ..default }
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn everything_is_met(script in script::any()) {
        let _ = Rehearsal::play(&script);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn clocks_that_are_set_are_met(script in script::jumpy()) {
        let _ = Rehearsal::play(&script);
    }

    #[test]
    fn a_clock_that_is_set_repeats_no_slot_and_loses_none(
        spacing in 1..200_i64,
        align in any::<bool>(),
        missed in prop_oneof![Just(Missed::Coalesce), Just(Missed::Skip), (1..4_u16).prop_map(Missed::All)],
        steps in proptest::collection::vec((0..200_i64, script::jump()), 1..60),
        ends in proptest::collection::vec(any::<bool>(), 1..6),
    ) {
        set_clocks::check(spacing, align, missed, &steps, &ends);
    }

    #[test]
    fn polls_and_durations_are_met(script in script::plain()) {
        let _ = Rehearsal::play(&script);
    }

    #[test]
    fn no_slot_is_lost_or_decided_twice(script in script::undisturbed()) {
        coverage::check(&script);
    }

    #[test]
    fn extra_polls_change_nothing(
        script in script::any(),
        gaps in proptest::collection::vec(0..40_i64, 1..40),
    ) {
        extra_polls::check(&script, &gaps);
    }

    #[test]
    fn jitter_delays_a_run_and_moves_no_grid(
        spacing in 1..1_000_i64,
        most in 1..2_000_i64,
        polls in proptest::collection::vec(0..5_000_i64, 1..60),
    ) {
        jitter::check(spacing, most, &polls);
    }
}
