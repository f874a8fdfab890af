use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::constant::{duration, interval};
use super::{assertions, calendar};
use crate::args::{From, Jitter, Missed, Overlap, Retry, TaskArgs};
use crate::model::{Execution, Task};

/// Generates the table. Other constants use its address only: if it is read in a constant and a row's evaluation fails,
/// the compiler fails as well.
pub(super) fn declare(tasks: &[&Task]) -> TokenStream {
    let rows = tasks.iter().map(|task| {
        let (conditions, spec) = (&task.conditions, spec(task));
        quote!(#(#conditions)* #spec)
    });
    let length = length(tasks);
    quote!(static __TASKS: [__periodic::TaskSpec; #length] = [#(#rows),*];)
}

/// Returns the number of rows, which only the compiler knows under `#[cfg]`s.
fn length(tasks: &[&Task]) -> TokenStream {
    if tasks.iter().all(|task| task.conditions.is_empty()) {
        return Literal::usize_unsuffixed(tasks.len()).into_token_stream();
    }
    let rows = tasks.iter().map(|task| {
        let conditions = &task.conditions;
        quote!(#(#conditions)* ())
    });
    quote!({
        let __rows: &[()] = &[#(#rows),*];
        __rows.len()
    })
}

/// Generates the calls that build one row, for each argument that is not at its default.
pub(super) fn spec(task: &Task) -> TokenStream {
    let name = task.name();
    let mut spec = quote!(__periodic::TaskSpec::new(#name));
    if !task.description.is_empty() {
        let description = &task.description;
        spec.extend(quote!(.description(#description)));
    }
    spec.extend(schedule(&task.args));
    spec.extend(bounds(&task.args));
    match task.execution() {
        Execution::Spawned => {}
        Execution::Blocking => spec.extend(quote!(.execution(__periodic::Execution::Blocking))),
        Execution::Inline => spec.extend(quote!(.execution(__periodic::Execution::Inline))),
    }
    calendar::with_cron(task, spec)
}

fn schedule(args: &TaskArgs) -> TokenStream {
    let mut calls = TokenStream::new();
    if let Some(spacing) = args.spacing.value() {
        let interval = interval(spacing);
        calls.extend(quote!(.every(#interval)));
    }
    if args.from.value() == Some(&From::Finish) {
        calls.extend(quote!(.from_finish()));
    }
    if TaskArgs::says(&args.align) {
        calls.extend(quote!(.align()));
    }
    if TaskArgs::says(&args.run_immediately) {
        calls.extend(quote!(.run_immediately()));
    }
    if let Some(delay) = args.initial_delay.value() {
        let delay = duration(delay);
        calls.extend(quote!(.initial_delay(#delay)));
    }
    match args.jitter.value() {
        Some(Jitter::Share(millionths)) => {
            calls.extend(quote!(.jitter(__periodic::Jitter::Share(#millionths))));
        }
        Some(Jitter::UpTo(length)) => {
            let length = duration(length);
            calls.extend(quote!(.jitter(__periodic::Jitter::UpTo(#length))));
        }
        None => {}
    }
    calls
}

fn bounds(args: &TaskArgs) -> TokenStream {
    let mut calls = TokenStream::new();
    if args.enabled.value() == Some(&false) {
        calls.extend(quote!(.disabled()));
    }
    if TaskArgs::says(&args.external_process_ok) {
        calls.extend(quote!(.external_process_ok()));
    }
    if let Some(timeout) = args.timeout.value() {
        let timeout = duration(timeout);
        calls.extend(quote!(.timeout(#timeout)));
    }
    if let Some(spec) = args.retry.value().and_then(retry) {
        calls.extend(quote!(.retry(#spec)));
    }
    if let Some(rule) = args.overlap.value() {
        let rule = overlap(*rule);
        calls.extend(quote!(.overlap(__periodic::Overlap::#rule)));
    }
    if let Some(rule) = args.missed.value() {
        let rule = missed(*rule);
        calls.extend(quote!(.missed(__periodic::Missed::#rule)));
    }
    if let Some(grace) = args.grace.value() {
        let grace = duration(grace);
        calls.extend(quote!(.grace(#grace)));
    }
    if let Some(runs) = args.max_runs.value() {
        let runs = runs.get();
        calls.extend(quote!(.max_runs(__periodic::runs(#runs))));
    }
    calls
}

/// Generates the retry rule; `None` if the number of attempts is missing, which has been refused.
fn retry(retry: &Retry) -> Option<TokenStream> {
    let attempts = retry.attempts.value()?.get();
    let mut spec = quote!(__periodic::RetrySpec::new(__periodic::attempts(#attempts)));
    if let Some(backoff) = retry.backoff.value() {
        let first = duration(&backoff.first);
        let longest = backoff.longest.as_ref().map_or_else(|| first.clone(), duration);
        spec.extend(quote!(.doubling(#first).ceiling(#longest)));
    }
    if retry.jitter.get().is_some() {
        spec.extend(quote!(.jitter()));
    }
    Some(spec)
}

fn overlap(rule: Overlap) -> TokenStream {
    match rule {
        Overlap::Skip => quote!(Skip),
        Overlap::Queue => quote!(Queue),
        Overlap::Replace => quote!(Replace),
        Overlap::Allow(most) => quote!(Allow(#most)),
    }
}

fn missed(rule: Missed) -> TokenStream {
    match rule {
        Missed::Coalesce => quote!(Coalesce),
        Missed::Skip => quote!(Skip),
        Missed::All(most) => quote!(All(#most)),
    }
}

/// Generates the compiler's checks of each row.
pub(super) fn checks(tasks: &[&Task]) -> TokenStream {
    let mut tokens = TokenStream::new();
    for task in tasks {
        let conditions = &task.conditions;
        for check in assertions::of_task(task) {
            tokens.extend(quote!(#(#conditions)* #check));
        }
        tokens.extend(calendar::check(task));
    }
    tokens
}
