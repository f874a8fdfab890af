use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::constant::read;
use super::{at, at_name};
use crate::args::{Inherited, Jitter, Length, Retry, TaskArgs};
use crate::model::Task;
use crate::validate::{
    BACKOFF_OF_NOTHING, BACKOFF_SHRINKS, JITTER_TOO_LONG, TIMEOUT_TOO_LONG, jitter_to_compare,
    timeout_to_compare,
};

/// What only the compiler can check of a task, because a constant says it.
pub(super) fn of_task(task: &Task) -> Vec<TokenStream> {
    let args = &task.args;
    let mut checks = Vec::new();
    for length in args.lengths() {
        checks.extend(readable(length));
    }
    for once in [&args.initial_delay, &args.grace] {
        if let Some(arg) = once.get() {
            let message = format!("`{}` cannot be negative", arg.key);
            checks.extend(range(&arg.value, &quote!(is_not_negative), &message));
        }
    }
    if let Some(timeout) = args.timeout.value() {
        checks.extend(range(timeout, &quote!(is_positive), "`timeout` must be longer than zero"));
    }
    if let Some(length) = args.jitter.value().and_then(Jitter::length) {
        checks.extend(range(length, &quote!(is_positive), "`jitter` must be longer than zero"));
    }
    if let Some((_, length)) = jitter_to_compare(args) {
        checks.extend(against_spacing(args, length, &quote!(is_shorter), JITTER_TOO_LONG));
    }
    if let Some(timeout) = timeout_to_compare(args) {
        checks.extend(against_spacing(args, &timeout.value, &quote!(is_within), TIMEOUT_TOO_LONG));
    }
    if let Some(retry) = args.retry.value() {
        checks.extend(of_retry(retry));
    }
    checks
}

fn of_retry(retry: &Retry) -> Vec<TokenStream> {
    let mut checks = Vec::new();
    for length in retry.lengths().into_iter().flatten() {
        checks.extend(range(length, &quote!(is_positive), BACKOFF_OF_NOTHING));
    }
    if let Some(backoff) = retry.backoff.value()
        && let Some(longest) = &backoff.longest
        && let Some(constant) = longest.constant().or_else(|| backoff.first.constant())
    {
        let (first, longest) = (read(&backoff.first), read(longest));
        let grows = quote!(__periodic::is_at_most(#first, #longest));
        checks.push(assertion(at_name(constant), &grows, BACKOFF_SHRINKS));
    }
    checks
}

fn readable(length: &Length) -> Option<TokenStream> {
    let at = at_name(length.constant()?);
    let read = read(length);
    Some(quote_spanned!(at=> const _: () = __periodic::check_read(#read);))
}

fn range(length: &Length, range: &TokenStream, message: &str) -> Option<TokenStream> {
    let path = length.constant()?;
    let read = read(length);
    Some(assertion(at_name(path), &quote!(__periodic::#range(#read)), message))
}

/// Literals have been compared already.
fn against_spacing(
    args: &TaskArgs,
    length: &Length,
    comparison: &TokenStream,
    message: &str,
) -> Option<TokenStream> {
    let spacing = args.spacing.value().unwrap_or(&Length::Nanos(0));
    let constant = length.constant().or_else(|| spacing.constant())?;
    let (length, spacing) = (read(length), read(spacing));
    Some(assertion(at_name(constant), &quote!(__periodic::#comparison(#length, #spacing)), message))
}

/// What only the compiler can check of the traits that a manager inherits: their tables are elsewhere.
pub(super) fn of_traits(traits: &[Inherited]) -> TokenStream {
    let mut checks = TokenStream::new();
    for (index, inherited) in traits.iter().enumerate() {
        let table = trait_table(inherited);
        let path = inherited.path.to_token_stream().to_string().replace(' ', "");
        for except in &inherited.except {
            let name = &except.name;
            let message = format!("`{path}` has no task `{name}` that could be left out");
            checks.extend(assertion(except.span, &quote!(__periodic::has_task(#table, #name)), &message));
        }
        let own = [(quote!((__TASKS, &[])), "this manager".to_owned())];
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
    let path = &inherited.path;
    let at = at(path.span());
    quote_spanned!(at=> <dyn #path as __periodic::TraitTasks>::TASKS)
}

fn names(inherited: &Inherited) -> TokenStream {
    let names = inherited.except.iter().map(|except| &except.name);
    quote!(&[#(#names),*])
}

/// Two rows of one name under different `#[cfg]`s may be left together; only the compiler knows.
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
        let is_single = quote!(__periodic::has_no_second(__TASKS, #name));
        checks.extend(assertion(task.span(), &is_single, &message));
    }
    checks
}

fn assertion(span: Span, condition: &TokenStream, message: &str) -> TokenStream {
    let at = at(span);
    quote_spanned!(at=> const _: () = __periodic::check(#condition, #message);)
}
