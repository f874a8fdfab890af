use periodic_text::rules::{Arg, Facts, Level, Rule, Val};
use proc_macro2::TokenStream;
use quote::ToTokens;

use super::facts;
use crate::args::{self, Once, TaskArgs};
use crate::errors::Errors;
use crate::model::Task;

/// Checks the arguments that every task can have against the rules.
pub(super) fn check(task: &Task, errors: &mut Errors) {
    let facts = facts::of_task(task);
    for rule in Rule::broken_by(facts) {
        let mut blamed = rule.blame().iter();
        if let Some(place) = blamed.find_map(|arg| place(&task.args, *arg, rule)) {
            errors.at(place, format_args!("{}{}", rule.message(), note(rule, &facts)));
        }
    }
}

/// Returns the tokens to underline if this argument breaks the rule; for a value out of range, the value alone.
fn place(args: &TaskArgs, arg: Arg, rule: Rule) -> Option<TokenStream> {
    let is_value = rule.level() == Level::Range;
    match arg {
        Arg::Spacing => tokens(&args.spacing, is_value),
        Arg::Cron => tokens(&args.cron, is_value),
        Arg::Tz => tokens(&args.tz, is_value),
        Arg::Dst => tokens(&args.dst, is_value),
        Arg::From => tokens(&args.from, is_value),
        Arg::Align => tokens(&args.align, is_value),
        Arg::RunImmediately => tokens(&args.run_immediately, is_value),
        Arg::InitialDelay => tokens(&args.initial_delay, is_value),
        Arg::Jitter => tokens(&args.jitter, is_value),
        Arg::Timeout => tokens(&args.timeout, is_value),
        // The missing argument has no tokens.
        Arg::Retry if is_value => args.retry.get().map(|retry| retry.key.to_token_stream()),
        Arg::Retry => tokens(&args.retry, is_value),
        Arg::Attempts => tokens(&args.retry.value()?.attempts, is_value),
        Arg::Backoff => tokens(&args.retry.value()?.backoff, is_value),
        Arg::Overlap => tokens(&args.overlap, is_value),
        Arg::Missed => tokens(&args.missed, is_value),
        Arg::Grace => tokens(&args.grace, is_value),
        Arg::MaxRuns => tokens(&args.max_runs, is_value),
        Arg::Inline => tokens(&args.inline, is_value),
        Arg::Blocking => tokens(&args.blocking, is_value),
        _ => None,
    }
}

fn tokens<T>(once: &Once<T>, is_value: bool) -> Option<TokenStream> {
    let arg: &args::Arg<T> = once.get()?;
    Some(if is_value { arg.written() } else { arg.to_token_stream() })
}

/// Returns a note about the values that the rule compared, but that the user did not write.
fn note(rule: Rule, facts: &Facts) -> &'static str {
    let compares = |arg| rule.level() == Level::Unlikely && rule.blame().contains(&arg);
    if compares(Arg::Backoff) && facts.backoff == Val::Absent {
        " (the first is 1 s if none is given)"
    } else if compares(Arg::Spacing) && facts.spacing == Val::Absent {
        " (the spacing is 60 s if none is given)"
    } else {
        ""
    }
}
