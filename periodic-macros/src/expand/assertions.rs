use std::collections::HashSet;
use std::slice;

use periodic_text::rules::{Arg, Rule, Verdict};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::constant::read;
use super::inherited;
use super::span::{at, at_name};
use crate::args::{Inherited, Jitter, Length, Retry, TaskArgs};
use crate::model::Task;
use crate::validate;

/// Generates the checks of a task's constants, whose values only the compiler knows.
pub(super) fn of_task(task: &Task) -> Vec<TokenStream> {
    let args = &task.args;
    let mut checks: Vec<_> = args.lengths().into_iter().filter_map(readable).collect();
    if checks.is_empty() {
        return checks;
    }
    let facts = validate::facts(task);
    for rule in Rule::ALL.iter().filter(|rule| rule.verdict(&facts) == Verdict::Open) {
        let compared: Vec<_> = rule.blame().iter().flat_map(|arg| lengths(args, *arg)).collect();
        if *rule == Rule::BackoffNotPositive {
            // Each length alone, so that the wrong one is underlined.
            checks.extend(compared.iter().filter_map(|length| keeps(*rule, args, slice::from_ref(length))));
        } else {
            checks.extend(keeps(*rule, args, &compared));
        }
    }
    checks
}

/// Returns the lengths of an argument, each with its name among the facts.
fn lengths(args: &TaskArgs, arg: Arg) -> Vec<(&'static str, &Length)> {
    let (name, length) = match arg {
        Arg::Spacing => ("spacing", args.spacing.value()),
        Arg::InitialDelay => ("initial_delay", args.initial_delay.value()),
        Arg::Timeout => ("timeout", args.timeout.value()),
        Arg::Grace => ("grace", args.grace.value()),
        Arg::Jitter => ("jitter", args.jitter.value().and_then(Jitter::length)),
        Arg::Backoff => {
            let [first, longest] = args.retry.value().map_or([None, None], Retry::lengths);
            let backoff = [("backoff", first), ("longest_backoff", longest)];
            return backoff.into_iter().filter_map(|(name, length)| Some((name, length?))).collect();
        }
        _ => return Vec::new(),
    };
    length.map(|length| (name, length)).into_iter().collect()
}

/// Generates a check of a rule, at the first constant that it compares. The rule's other facts have their defaults:
/// otherwise the rule would be decided already.
fn keeps(rule: Rule, args: &TaskArgs, compared: &[(&str, &Length)]) -> Option<TokenStream> {
    let constant = compared.iter().find_map(|(_, length)| length.constant())?;
    let facts = compared.iter().map(|(name, length)| {
        let (name, read) = (Ident::new(name, Span::mixed_site()), read(length));
        quote!(#name: __periodic::val(#read),)
    });
    let retry = (rule == Rule::BackoffOverSpacing).then(|| {
        let jitter = args.retry.value().is_some_and(|retry| retry.jitter.get().is_some());
        quote!(retry: true, backoff_jitter: #jitter,)
    });
    let (at, rule) = (at_name(constant), format_ident!("{rule:?}"));
    Some(quote_spanned! {at=>
        const _: () = __periodic::check_rule(
            __periodic::Rule::#rule,
            &__periodic::Facts { #(#facts)* #retry ..__periodic::Facts::NONE },
        );
    })
}

fn readable(length: &Length) -> Option<TokenStream> {
    let at = at_name(length.constant()?);
    let read = read(length);
    Some(quote_spanned!(at=> const _: () = __periodic::check_read(#read);))
}

/// Generates the checks of inherited traits, whose tables only the compiler knows.
pub(super) fn of_traits(traits: &[Inherited]) -> TokenStream {
    let mut checks: TokenStream = traits.iter().map(inherited::check).collect();
    for (index, inherited) in traits.iter().enumerate() {
        let table = trait_table(inherited);
        let path = inherited.path.to_token_stream().to_string().replace(' ', "");
        for except in &inherited.except {
            let name = &except.name;
            let message = format!("`{path}` has no task `{name}` that could be left out");
            checks.extend(assertion(except.span, &quote!(__periodic::has_task(#table, #name)), &message));
        }
        let own = [(quote!((&__TASKS, &[])), "this manager".to_owned())];
        let others = traits.iter().skip(index + 1).map(|other| {
            let (table, except) = (trait_table(other), names(other));
            (quote!((#table, #except)), format!("`{}`", other.path.to_token_stream()))
        });
        for (other, whose) in own.into_iter().chain(others) {
            let except = names(inherited);
            let message = format!(
                "a task of `{path}` and one of {whose} have the same name: leave one out with \
                 `inherit({path}(except(..)))`, or give it another name"
            );
            let differ = quote!(!__periodic::shares_a_name((#table, #except), #other));
            checks.extend(assertion(inherited.path.span(), &differ, &message));
        }
    }
    checks
}

fn trait_table(inherited: &Inherited) -> TokenStream {
    let (at, tasks) = (at(inherited.path.span()), inherited::tasks(inherited));
    quote_spanned!(at=> #tasks::TASKS)
}

fn names(inherited: &Inherited) -> TokenStream {
    let names = inherited.except.iter().map(|except| &except.name);
    quote!(&[#(#names),*])
}

/// Generates the checks of names: two rows of one name may remain under different `#[cfg]`s, which only the compiler
/// knows.
pub(super) fn of_names(tasks: &[&Task]) -> TokenStream {
    let mut checks = TokenStream::new();
    let mut seen = HashSet::with_capacity(tasks.len());
    for task in tasks {
        let name = task.name();
        if !seen.contains(&name) {
            seen.insert(name);
            continue;
        }
        let message = format!("two tasks are named `{name}`, and their `#[cfg]`s do not exclude each other");
        let is_single = quote!(__periodic::has_no_second(&__TASKS, #name));
        checks.extend(assertion(task.span(), &is_single, &message));
    }
    checks
}

fn assertion(span: Span, condition: &TokenStream, message: &str) -> TokenStream {
    let at = at(span);
    quote_spanned!(at=> const _: () = __periodic::check(#condition, #message);)
}
