use std::collections::BTreeSet;

use periodic_cron::{Civil, Cron};

use crate::at;

fn cron(text: &str) -> Cron {
    Cron::parse(text).unwrap()
}

/// The first match of 2026.
fn first(text: &str, seed: u64) -> Civil {
    cron(text).resolve(seed).next_after(at((2025, 12, 31), (23, 59, 59))).unwrap()
}

/// The minutes of an hour at which `text` fires.
fn minutes(text: &str, seed: u64) -> Vec<i8> {
    let pattern = cron(text).resolve(seed);
    (0..60).filter(|minute| pattern.matches(at((2026, 1, 1), (0, *minute, 0)))).collect()
}

/// An expression with `H` has its runs at these times. A change here moves them all.
#[test]
fn draws_stay_as_they_are() {
    let firsts = [0, 1, u64::MAX].map(|seed| first("H H H H H *", seed));
    let minutes = ["H/15 * * * *", "H,H,H(30-39),H(0-9)/5 * * * *"].map(|text| minutes(text, 7));
    let weekdays = [0, 1, 2].map(|seed| first("0 0 * * H", seed).day);
    assert_eq!(
        firsts,
        [at((2026, 10, 16), (11, 7, 55)), at((2026, 4, 1), (0, 21, 5)), at((2026, 8, 8), (12, 6, 56))]
    );
    assert_eq!(minutes, [vec![4, 19, 34, 49], vec![2, 7, 34, 38, 45]]);
    assert_eq!(weekdays, [2, 4, 6]);
}

#[test]
fn one_value_of_the_whole_range_or_of_a_part() {
    let every = |text: &str, part: fn(Civil) -> i8| -> BTreeSet<i8> {
        (0..2000).map(|seed| part(first(text, seed))).collect()
    };
    assert_eq!(every("H 0 0 1 1 *", |civil| civil.second), (0..60).collect());
    assert_eq!(every("H 0 1 1 *", |civil| civil.minute), (0..60).collect());
    assert_eq!(every("0 H 1 1 *", |civil| civil.hour), (0..24).collect());
    assert_eq!(every("0 0 H 1 *", |civil| civil.day), (1..29).collect());
    assert_eq!(every("0 0 1 H *", |civil| civil.month), (1..13).collect());
    assert_eq!(every("0 0 * * H", |civil| civil.day), (1..8).collect());
    assert_eq!(every("H(0-29) 0 1 1 *", |civil| civil.minute), (0..30).collect());
    assert_eq!(every("0 H(22-23) 1 1 *", |civil| civil.hour), BTreeSet::from([22, 23]));
    assert_eq!(every("0 0 H(29-31) 1 *", |civil| civil.day), BTreeSet::from([29, 30, 31]));
    assert_eq!(every("0 0 1 H(MAR-MAY) *", |civil| civil.month), BTreeSet::from([3, 4, 5]));
    // 1 January 2026 is a Thursday.
    assert_eq!(every("0 0 * * H(FRI-SUN)", |civil| civil.day), BTreeSet::from([2, 3, 4]));
    assert_eq!(every("0 0 * * H(6-7)", |civil| civil.day), BTreeSet::from([3, 4]));
}

#[test]
fn a_step_begins_within_itself() {
    let mut starts = BTreeSet::new();
    for seed in 0..200 {
        let all = minutes("H/15 * * * *", seed);
        assert!(all.len() == 4 && all.windows(2).all(|pair| pair[1] - pair[0] == 15), "{all:?}");
        starts.insert(all[0]);
        let some = minutes("H(20-40)/10 * * * *", seed);
        assert!((20..30).contains(&some[0]) && some.iter().all(|minute| *minute <= 40), "{some:?}");
        assert_eq!(minutes("H/60 * * * *", seed).len(), 1);
    }
    assert_eq!(starts, (0..15).collect());
}

#[test]
fn fields_and_neighbours_have_draws_of_their_own() {
    let twice = (0..500).filter(|seed| minutes("H,H * * * *", *seed).len() == 1).count();
    assert!(twice < 25, "{twice} of 500");
    let same = (0..500).filter(|seed| {
        let first = first("H H 0 1 1 *", *seed);
        first.minute == first.second
    });
    assert!(same.count() < 25);
    // A fixed field beside it changes nothing.
    assert_eq!(first("H 3 1 1 *", 5).minute, first("0 H 4 1 1 *", 5).minute);
}

#[test]
fn what_would_never_fire_is_drawn_again() {
    for seed in 0..300 {
        assert!([1, 3, 5, 7, 8, 10, 12].contains(&first("0 0 31 H *", seed).month));
        assert!((29..=30).contains(&first("0 0 H(29-31) 4 *", seed).day));
        let leap_day = cron("0 0 H(29-31) H(2-2) *").resolve(seed).next_after(at((2026, 1, 1), (0, 0, 0)));
        assert_eq!(leap_day, Some(at((2028, 2, 29), (0, 0, 0))));
        // Only Monday to Friday can be near the 15th; Saturday and Sunday never are.
        assert!(cron("0 0 15W * */6,H").resolve(seed).next_after(at((2026, 1, 1), (0, 0, 0))).is_some());
    }
}

/// Days are drawn again first, each for the same month, and months after all of them.
#[test]
fn a_month_that_does_not_fit_is_left_and_the_day_stays() {
    let mut left = 0;
    for seed in 0..300 {
        if first("0 0 1 H(2-4) *", seed).month == 2 {
            let found = first("0 0 H(30-31) H(2-4) *", seed);
            assert_eq!((found.day, found.month), (first("0 0 H(30-31) 1 *", seed).day, 3));
            left += 1;
        }
    }
    assert!(left > 50, "{left}");
}

#[test]
fn an_expression_without_a_hash_needs_no_seed() {
    assert_eq!(cron("5 4 * * *").resolve(1), cron("5 4 * * *").resolve(2));
}
