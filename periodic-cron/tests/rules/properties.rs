use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::naive::{Date, Naive};
use periodic_cron::{Civil, Cron, CronErrorKind, Pattern};

fn number(low: u8, high: u8) -> BoxedStrategy<String> {
    (low..=high).prop_map(|value| value.to_string()).boxed()
}

/// A value, a range, a star or a value with a step.
fn item(low: u8, high: u8) -> BoxedStrategy<String> {
    let size = high - low;
    let range = (low..=high, low..=high).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let stepped = (low..high).prop_flat_map(move |from| (Just(from), 1..=high - from));
    prop_oneof![
        5 => number(low, high),
        2 => range.prop_map(|(low, high)| format!("{low}-{high}")),
        2 => (1..=size).prop_map(|step| format!("*/{step}")),
        1 => stepped.prop_map(|(from, step)| format!("{from}/{step}")),
        1 => stepped_range(low, high),
    ]
    .boxed()
}

fn stepped_range(low: u8, high: u8) -> BoxedStrategy<String> {
    let ends = (low..high).prop_flat_map(move |from| (Just(from), from + 1..=high));
    ends.prop_flat_map(|(from, to)| (1..=to - from).prop_map(move |step| format!("{from}-{to}/{step}")))
        .boxed()
}

fn field(item: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![1 => Just("*".to_owned()), 2 => vec(item, 1..4).prop_map(|items| items.join(","))].boxed()
}

fn expression() -> BoxedStrategy<String> {
    let special_day = prop_oneof![
        Just("L".to_owned()),
        Just("LW".to_owned()),
        Just("?".to_owned()),
        (0..31).prop_map(|back| format!("L-{back}")),
        (0..31).prop_map(|back| format!("L-{back}W")),
        (1..32).prop_map(|day| format!("{day}W")),
    ];
    let names = select(vec!["SUN", "mon", "TUE", "Wed", "THU", "FRI", "SAT", "7", "0"]);
    let special_weekday = prop_oneof![
        names.clone().prop_map(str::to_owned),
        names.clone().prop_map(|day| format!("{day}L")),
        (names.clone(), 1..6).prop_map(|(day, nth)| format!("{day}#{nth}")),
        (names.clone(), names).prop_map(|(from, to)| format!("{from}-{to}")),
    ];
    let month = prop_oneof![4 => item(1, 12), 1 => Just("FEB".to_owned()), 1 => Just("Jan-MAR".to_owned())];
    let seconds = prop_oneof![Just(String::new()), field(item(0, 59)).prop_map(|text| text + " ")];
    (
        seconds,
        field(item(0, 59)),
        field(item(0, 23)),
        field(prop_oneof![item(1, 31), special_day].boxed()),
        field(month.boxed()),
        field(prop_oneof![item(0, 6), special_weekday].boxed()),
    )
        .prop_map(|(seconds, minute, hour, day, month, weekday)| {
            format!("{seconds}{minute} {hour} {day} {month} {weekday}")
        })
        .boxed()
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
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

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
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

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

/// Texts that are nearly expressions: the signs of the grammar in any order, and some that are none.
fn nearly() -> impl Strategy<Value = String> {
    let signs = "0123456789*?,-/#()@LWHlwh \tMONFRIJAéß€\u{0}".chars().collect::<Vec<_>>();
    prop_oneof![
        any::<String>(),
        vec(select(signs), 0..40).prop_map(String::from_iter),
        (expression(), any::<prop::sample::Index>(), any::<char>()).prop_map(|(text, at, other)| {
            let at = at.index(text.len());
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, ..ProptestConfig::default() })]

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
