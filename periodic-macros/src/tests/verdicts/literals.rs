//! One value as an attribute's and as a variable's: both accept the same texts and whole numbers, and refuse the others
//! in the same words.

use proptest::prelude::*;
use quote::quote;

use super::{Rows, mistakes};
use crate::expand;

/// A spacing that is longer than each text's duration, so that no rule for two values is broken.
const SPACING: &str = "9999w";

/// Returns the mistakes that the attribute reports, without the place in a text; none if it cannot be split into tokens.
fn by_attribute(key: &str, value: &str) -> Option<Vec<String>> {
    let spacing = if key == "spacing" { String::new() } else { format!("spacing = {SPACING:?}, ") };
    let args = match key {
        "attempts" => format!("{spacing}retry(attempts = {value})"),
        key => format!("{spacing}{key} = {value}"),
    };
    let args: proc_macro2::TokenStream = args.parse().ok()?;
    let item = quote!(impl Manager { #[periodic_task(#args)] async fn work(&self) {} });
    let file: syn::File = syn::parse2(expand::manager(quote!(), item)).unwrap();
    let without_place = |said: String| match said.split_once("`: ") {
        Some((place, said)) if place.starts_with("at `") => said.to_owned(),
        _ => said,
    };
    Some(mistakes(&file).map(without_place).collect())
}

fn by_variable(key: &str, value: &str) -> Result<(), String> {
    let key = if key == "attempts" { "RETRY".into() } else { key.to_uppercase() };
    let variables = [(format!("PERIODIC_TASKS__WORK__{key}"), value)];
    let settings = super::SettingsSource::environment().variables(variables).read();
    let settings = settings.map_err(|error| error.to_string())?;
    let spec = super::TaskSpec::new("work").every(SPACING.parse().unwrap());
    super::TaskTable::of(&Rows(spec), &settings).map(drop).map_err(|error| error.to_string())
}

/// Pieces of numbers, durations and shares, and of texts that are nearly such.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 20] = [
        "1", "05", "5", "0", ".", "_", "+", "-", "e", "0x", "0b", " ", "s", "S", "h", "ms", "%", "None",
        "\u{ff15}", "\u{a0}",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_read_alike(key in prop::sample::select(&["spacing", "jitter", "timeout", "grace"][..]), text in pieces()) {
        let by_attribute = by_attribute(key, &format!("{text:?}")).unwrap();
        match by_variable(key, &text) {
            Ok(()) => prop_assert_eq!(by_attribute, Vec::<String>::new()),
            Err(said) => prop_assert!(matches!(&by_attribute[..], [one] if said.contains(one)), "{by_attribute:?}: {said}"),
        }
    }

    #[test]
    fn a_whole_number_is_read_alike(
        key in prop::sample::select(&["max_runs", "attempts", "overlap", "missed"][..]),
        number in pieces(),
    ) {
        let value = match key {
            "overlap" => format!("allow({number})"),
            "missed" => format!("all({number})"),
            _ => number,
        };
        // A token of Rust may end where the text goes on.
        let Some(by_attribute) = by_attribute(key, &value).filter(|_| !value.contains([' ', '\u{a0}'])) else {
            return Ok(());
        };
        let by_variable = by_variable(key, &value);
        prop_assert_eq!(by_attribute.is_empty(), by_variable.is_ok(), "{:?}: {:?}", by_attribute, by_variable);
    }
}
