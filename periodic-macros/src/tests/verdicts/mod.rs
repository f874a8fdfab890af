//! The same declaration as an attribute, as settings and as code: all three refuse the same with the same texts.

mod declared;
mod literals;
mod strategy;

use std::collections::BTreeSet;
use std::fmt::Display;

use periodic_core::Settings;
use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
use periodic_core::table::{TableError, TaskTable};
use periodic_core::task::TaskSpec;
use periodic_runtime::settings::SettingsSource;
use periodic_text::rules::{Level, Rule};
use proptest::prelude::*;
use quote::quote;

use self::declared::{Declared, Place};
use self::strategy::declared;
use crate::expand;

/// Rules, by their messages.
type Verdict = BTreeSet<&'static str>;

/// Returns the rules that the attribute refuses; every mistake that it reports is a rule.
fn verdict_of_attribute(declared: &Declared) -> Verdict {
    let args: proc_macro2::TokenStream = declared.attribute().parse().unwrap();
    let is_async = matches!(declared.place, Place::Spawned | Place::Inline | Place::AsyncAndBlocking);
    let asyncness = is_async.then(|| quote!(async));
    let item = quote!(impl Manager { #[periodic_task(#args)] #asyncness fn work(&self) {} });
    let file: syn::File = syn::parse2(expand::manager(quote!(), item)).unwrap();
    let mut verdict = Verdict::new();
    for said in mistakes(&file) {
        let rule = Rule::ALL.iter().find(|rule| said.starts_with(rule.message()));
        assert!(verdict.insert(rule.unwrap_or_else(|| panic!("{said}")).message()), "said twice: {said}");
    }
    verdict
}

/// Returns the texts of the mistakes that an expansion reports.
fn mistakes(file: &syn::File) -> impl Iterator<Item = String> {
    let macros = file
        .items
        .iter()
        .filter_map(|item| if let syn::Item::Macro(item) = item { Some(item) } else { None });
    macros.filter_map(|item| item.mac.parse_body::<syn::LitStr>().ok()).map(|said| said.value())
}

struct Rows(TaskSpec);

impl PeriodicManager for Rows {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Manager");
        collector.tasks(&[self.0]);
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Manager", row)
    }
}

/// Returns the rules of these levels.
fn of(verdict: &Verdict, levels: &[Level]) -> Verdict {
    let has_level = |said: &&&str| {
        Rule::ALL.iter().any(|rule| rule.message() == **said && levels.contains(&rule.level()))
    };
    verdict.iter().filter(has_level).copied().collect()
}

/// Returns the rules that a text contains.
fn told(text: &impl Display) -> Verdict {
    let text = text.to_string();
    Rule::ALL.iter().map(|rule| rule.message()).filter(|said| text.contains(said)).collect()
}

/// Checks that a table refuses and warns as expected; a refused one gives no warning.
fn check_table(table: &Result<TaskTable, TableError>, expected: &Verdict) -> Result<(), TestCaseError> {
    let refused = of(expected, &[Level::Range, Level::Meaningless]);
    match table {
        Err(error) => prop_assert_eq!(told(error), refused),
        Ok(table) => {
            prop_assert_eq!(refused, Verdict::new());
            let warned: Verdict = table.warnings().iter().map(|warning| warning.what).collect();
            prop_assert_eq!(warned, of(expected, &[Level::Unlikely]));
        }
    }
    Ok(())
}

fn check(declared: &Declared) -> Result<(), TestCaseError> {
    let by_attribute = verdict_of_attribute(declared);
    if let Some(spec) = declared.code() {
        check_table(&TaskTable::of(&Rows(spec), &Settings::new()), &by_attribute)?;
    }
    let Some((variables, spec)) = declared.settings() else { return Ok(()) };
    let mut expected = by_attribute;
    for rule in [Rule::InlineWithBlocking, Rule::AsyncWithBlocking] {
        expected.remove(rule.message());
    }
    if declared.cron {
        // A `cron` of settings replaces the whole schedule.
        for rule in [Rule::CronWithFrom, Rule::CronWithAlign] {
            expected.remove(rule.message());
        }
    }
    match SettingsSource::environment().variables(variables).read() {
        Err(error) => prop_assert_eq!(told(&error), of(&expected, &[Level::Range])),
        Ok(settings) => check_table(&TaskTable::of(&Rows(spec), &settings), &expected)?,
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn attributes_settings_and_code_accept_the_same(declared in declared()) {
        check(&declared)?;
    }
}
