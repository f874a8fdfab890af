//! Expressions to draw from.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

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

/// Any expression without `H`; some never fire.
pub(crate) fn expression() -> BoxedStrategy<String> {
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

/// Texts that are nearly expressions: the signs of the grammar in any order, and some that are none.
pub(crate) fn nearly() -> impl Strategy<Value = String> {
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
