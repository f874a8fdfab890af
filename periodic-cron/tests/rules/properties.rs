use periodic_cron::{Civil, Cron, CronErrorKind, Pattern};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::expression::{expression, nearly};
use crate::naive::{Date, Naive};

/// This number of cases, the same in each run, so that a failure comes from a change. Where `PROPTEST_CASES` asks for
/// more, they are drawn anew.
fn cases(least: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let drawn_anew = default.cases > least;
    let rng_seed = if drawn_anew { default.rng_seed } else { RngSeed::Fixed(u64::from(least)) };
    ProptestConfig { cases: default.cases.max(least), failure_persistence: None, rng_seed, ..default }
}

/// A reading in the years that [`Date`] reaches quickly.
fn reading() -> impl Strategy<Value = Civil> {
    (2000_i16..2110, 1_i8..13, 1_i8..32, 0_i8..24, 0_i8..60, 0_i8..60).prop_map(
        |(year, month, day, hour, minute, second)| Civil {
            year,
            month,
            // A day that exists, without asking the code under test for its month's length.
            day: if month == 2 { day.min(28) } else { day.min(30) },
            hour,
            minute,
            second,
        },
    )
}

fn date_of(civil: Civil) -> Date {
    let mut date = Date::START;
    while (date.year, date.month, date.day) != (civil.year, civil.month, civil.day) {
        date = date.tomorrow();
    }
    date
}

/// The first match after `civil`, second by second on its day and day by day until another matches.
fn naive_next(naive: &Naive, civil: Civil) -> Option<Civil> {
    let mut date = date_of(civil);
    let mut after = Some((civil.hour, civil.minute, civil.second));
    while date.year < 2500 {
        if naive.on(date) {
            let Date { year, month, day, .. } = date;
            let seconds = (0..24).flat_map(|h| (0..60).flat_map(move |m| (0..60).map(move |s| (h, m, s))));
            let times = seconds.filter(|time| after.is_none_or(|after| *time > after));
            let mut civils =
                times.map(|(hour, minute, second)| Civil { year, month, day, hour, minute, second });
            if let Some(found) = civils.find(|civil| naive.at(*civil)) {
                return Some(found);
            }
        }
        (date, after) = (date.tomorrow(), None);
    }
    None
}

/// The pattern of `text`, unless it rightly says that it never fires.
fn resolved(text: &str) -> Option<Pattern> {
    match Cron::parse(text) {
        Ok(cron) => Some(cron.resolve(0)),
        Err(error) => {
            assert_eq!(error.kind(), CronErrorKind::NeverFires, "{text}: {error}");
            None
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn agrees_with_the_naive_rules(text in expression(), civil in reading()) {
        let naive = Naive::new(&text);
        let found = naive_next(&naive, civil);
        prop_assert_eq!(resolved(&text).and_then(|pattern| pattern.next_after(civil)), found);
        if let Some(pattern) = resolved(&text) {
            prop_assert_eq!(pattern.matches(civil), naive.on(date_of(civil)) && naive.at(civil));
        }
    }

    #[test]
    fn next_and_previous_are_inverse(text in expression(), civil in reading()) {
        let Some(pattern) = resolved(&text) else { return Ok(()) };
        let next = pattern.next_after(civil).unwrap();
        prop_assert!(next > civil && pattern.matches(next));
        let previous = pattern.prev_before(civil).unwrap();
        prop_assert!(previous < civil && pattern.matches(previous));
        let here = Some(civil).filter(|civil| pattern.matches(*civil));
        prop_assert_eq!(pattern.prev_before(next), here.or(Some(previous)));
        prop_assert_eq!(pattern.next_after(previous), here.or(Some(next)));
    }

    #[test]
    fn counting_agrees_with_going_through(text in expression(), civil in reading(), steps in 0_usize..200) {
        let Some(pattern) = resolved(&text) else { return Ok(()) };
        let mut until = civil;
        let mut passed = u64::from(pattern.matches(civil) && steps > 0);
        for step in 0..steps {
            until = pattern.next_after(until).unwrap();
            passed += u64::from(step + 1 < steps);
        }
        prop_assert_eq!(pattern.count_between(civil, until), passed);
    }

    #[test]
    fn counts_add_up(text in expression(), mut ends in [reading(), reading(), reading()]) {
        let Some(pattern) = resolved(&text) else { return Ok(()) };
        ends.sort_unstable();
        let [from, between, until] = ends;
        let parts = pattern.count_between(from, between) + pattern.count_between(between, until);
        prop_assert_eq!(pattern.count_between(from, until), parts);
    }
}

proptest! {
    // Fewer, because most counts go through thousands of years.
    #![proptest_config(cases(64))]

    #[test]
    fn any_reading_has_an_answer(text in expression(), ends in any::<[(i16, i8, i8, i8, i8, i8); 2]>()) {
        let Some(pattern) = resolved(&text) else { return Ok(()) };
        let [from, until] = ends.map(|(year, month, day, hour, minute, second)| {
            Civil { year, month, day, hour, minute, second }
        });
        prop_assert!(pattern.next_after(from).is_none_or(|next| next > from && pattern.matches(next)));
        prop_assert!(pattern.prev_before(from).is_none_or(|previous| previous < from && pattern.matches(previous)));
        let next_counts = pattern.next_after(from).is_some_and(|next| next < until);
        prop_assert_eq!(pattern.count_between(from, until) > u64::from(pattern.matches(from)), next_counts);
    }
}

proptest! {
    #![proptest_config(cases(5000))]

    #[test]
    fn any_text_is_read_or_refused_with_its_place(text in nearly(), seed in any::<u64>()) {
        match Cron::parse(&text) {
            Ok(cron) => {
                let start = Civil { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
                prop_assert!(cron.resolve(seed).next_after(start).is_some());
            }
            Err(error) => {
                prop_assert!(text.get(error.span()).is_some_and(|part| !part.is_empty() || text.is_empty()));
                prop_assert!(!error.to_string().is_empty());
                prop_assert_eq!(error.caret(&text).to_string().lines().count(), 2);
            }
        }
    }
}
