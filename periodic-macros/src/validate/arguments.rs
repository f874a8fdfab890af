use super::calendar;
use crate::args::{Arg, From, Jitter, Length, Once, Overlap, Retry, TaskArgs};
use crate::errors::Errors;
use crate::model::{Execution, Task};

const DEFAULT_SPACING: i64 = 60_000_000_000;
const DEFAULT_BACKOFF: i64 = 1_000_000_000;

/// Checks the arguments that every task can have.
pub(super) fn check(task: &Task, errors: &mut Errors) {
    check_ranges(&task.args, errors);
    calendar::check(&task.args, errors);
    check_first_run(&task.args, errors);
    check_fixed_delay(&task.args, errors);
    check_retry(&task.args, errors);
    check_execution(task, errors);
    check_against_spacing(&task.args, errors);
}

fn check_ranges(args: &TaskArgs, errors: &mut Errors) {
    let lengths = [&args.timeout, &args.initial_delay, &args.grace];
    for arg in lengths.into_iter().filter_map(Once::get) {
        if arg.value.nanos().is_some_and(i64::is_negative) {
            errors.at(arg.written(), format_args!("`{}` cannot be negative", arg.key));
        }
    }
    if let Some(timeout) = args.timeout.get()
        && timeout.value.nanos() == Some(0)
    {
        errors
            .at(timeout.written(), "a timeout of zero would end every run: leave the argument out for none");
    }
    if let Some(jitter) = args.jitter.get()
        && let Jitter::UpTo(Length::Nanos(nanos)) = jitter.value
        && nanos <= 0
    {
        errors.at(jitter.written(), "a jitter is longer than zero: leave the argument out for none");
    }
}

fn check_retry(args: &TaskArgs, errors: &mut Errors) {
    let Some(retry) = args.retry.get() else { return };
    if retry.value.attempts.get().is_none() {
        errors.at(&retry.key, "`retry` needs the number of attempts: write `retry(attempts = 3)`");
    }
    let Some(backoff) = retry.value.backoff.get() else { return };
    let first = backoff.value.first.nanos();
    let longest = backoff.value.longest.as_ref().and_then(Length::nanos);
    if [first, longest].into_iter().flatten().any(|nanos| nanos <= 0) {
        errors.at(backoff.written(), BACKOFF_OF_NOTHING);
    } else if first.zip(longest).is_some_and(|(first, longest)| longest < first) {
        errors.at(backoff.written(), BACKOFF_SHRINKS);
    }
}

fn check_first_run(args: &TaskArgs, errors: &mut Errors) {
    let Some(delay) = args.initial_delay.get() else { return };
    if TaskArgs::says(&args.run_immediately) {
        errors.at(delay, "`initial_delay` contradicts `run_immediately`: keep one of them");
    }
    if TaskArgs::says(&args.align) && !args.cron.is_written() {
        errors.at(
            delay,
            "`initial_delay` moves the grid, which `align` puts on the clock's multiples of the spacing: keep one \
             of them",
        );
    }
}

fn check_fixed_delay(args: &TaskArgs, errors: &mut Errors) {
    if !is_fixed_delay(args) {
        return;
    }
    if let Some(overlap) = args.overlap.get() {
        refuse_with_finish(overlap, "the next slot is made when a run has ended, so none overlaps", errors);
    }
    if let Some(missed) = args.missed.get() {
        refuse_with_finish(
            missed,
            "the next slot is made when a run has ended, so at most one is missed",
            errors,
        );
    }
    if let Some(align) = args.align.get().filter(|align| align.value.0) {
        refuse_with_finish(align, "the slots follow the runs, not the clock", errors);
    }
}

fn refuse_with_finish<T>(arg: &Arg<T>, reason: &str, errors: &mut Errors) {
    errors.at(arg, format_args!("`{}` has no meaning with `from = finish`: {reason}", arg.key));
}

/// With `cron` it has been refused.
fn is_fixed_delay(args: &TaskArgs) -> bool {
    args.from.value() == Some(&From::Finish) && !args.cron.is_written()
}

fn check_execution(task: &Task, errors: &mut Errors) {
    let args = &task.args;
    if let Some(blocking) = args.blocking.get() {
        if let Some(inline) = args.inline.get() {
            errors.at(inline, "`inline` contradicts `blocking`: keep one of them");
        }
        if task.is_async() {
            errors.at(
                blocking,
                "an `async fn` is not run on the pool for blocking work: make it a plain `fn`, or leave `blocking` out",
            );
        }
    }
    // With a fixed delay `overlap` has been refused for another reason.
    let Some(overlap) = args.overlap.get().filter(|_| !is_fixed_delay(args)) else { return };
    match (task.execution(), overlap.value) {
        (Execution::Inline, rule) if rule != Overlap::Skip => errors.at(
            overlap,
            "an `inline` run occupies the runner, so no slot can start beside it or wait for it: leave `overlap` or \
             `inline` out",
        ),
        (Execution::Blocking, Overlap::Replace) => errors.at(
            overlap,
            "the run of a plain `fn` cannot be cancelled, so it cannot be replaced: make it an `async fn`, or write \
             `overlap = queue`",
        ),
        _ => {}
    }
}

fn check_against_spacing(args: &TaskArgs, errors: &mut Errors) {
    let Some(spacing) = literal_spacing(args) else { return };
    if let Some(timeout) = timeout_to_compare(args)
        && timeout.value.nanos().is_some_and(|timeout| timeout > spacing)
    {
        errors.at(timeout, format_args!("{TIMEOUT_TOO_LONG}{}", default_note(args)));
    }
    if let Some((jitter, length)) = jitter_to_compare(args)
        && length.nanos().is_some_and(|length| length >= spacing)
    {
        errors.at(jitter, format_args!("{JITTER_TOO_LONG}{}", default_note(args)));
    }
    if let Some(retry) = args.retry.get().filter(|_| !is_fixed_delay(args))
        && shortest_backoff(&retry.value).is_some_and(|backoff| backoff >= spacing)
    {
        const TOO_LONG: &str = "no attempt starts at or after the next slot, and this back-off is not shorter than the \
             spacing, so none would be retried";
        match retry.value.backoff.get() {
            Some(backoff) => errors.at(backoff, format_args!("{TOO_LONG}{}", default_note(args))),
            None => errors.at(retry, format_args!("{TOO_LONG} (the first is 1 s if none is given)")),
        }
    }
}

/// The least time between two attempts in nanoseconds, if it is no constant.
fn shortest_backoff(retry: &Retry) -> Option<i64> {
    let first = retry.backoff.value().map_or(Some(DEFAULT_BACKOFF), |backoff| backoff.first.nanos())?;
    // Jitter draws from the upper half.
    Some(if retry.jitter.get().is_some() { first - first / 2 } else { first })
}

/// Said here of literals, and by a const assertion of constants.
pub(crate) const TIMEOUT_TOO_LONG: &str = "this timeout is longer than the spacing, so runs can overlap: say what \
     happens then, as in `overlap = skip`";
pub(crate) const BACKOFF_OF_NOTHING: &str = "a back-off is longer than zero";
pub(crate) const BACKOFF_SHRINKS: &str =
    "this back-off ends shorter than it begins: write the shorter time first";
pub(crate) const JITTER_TOO_LONG: &str =
    "this jitter is not shorter than the spacing, so runs could pass their next slot";

fn default_note(args: &TaskArgs) -> &'static str {
    match args.spacing.get() {
        Some(_) => "",
        None => " (the spacing is 60 s if none is given)",
    }
}

/// The spacing in nanoseconds, if it is no constant and does not disable the task.
fn literal_spacing(args: &TaskArgs) -> Option<i64> {
    match args.spacing.value() {
        None if args.spacing.is_written() => None,
        None | Some(Length::Nanos(0)) => Some(DEFAULT_SPACING),
        Some(Length::Nanos(nanos)) => (*nanos > 0).then_some(*nanos),
        Some(Length::Constant(_)) => None,
    }
}

/// The timeout, if it must not be longer than the spacing.
pub(crate) fn timeout_to_compare(args: &TaskArgs) -> Option<&Arg<Length>> {
    args.timeout.get().filter(|_| args.overlap.get().is_none() && !is_fixed_delay(args) && has_spacing(args))
}

/// The jitter, if it is a time.
pub(crate) fn jitter_to_compare(args: &TaskArgs) -> Option<(&Arg<Jitter>, &Length)> {
    let jitter = args.jitter.get().filter(|_| has_spacing(args))?;
    Some((jitter, jitter.value.length()?))
}

/// The slots of a `cron` have no one distance that could be compared.
fn has_spacing(args: &TaskArgs) -> bool {
    !args.cron.is_written()
}

/// Refuses on a method what only functions outside an `impl` can have.
pub(super) fn refuse_those_of_functions(task: &Task, errors: &mut Errors) {
    if let Some(manager) = task.args.manager.get() {
        errors.at(manager, "a method belongs to the manager in whose `impl` it stands: leave `manager` out");
    }
    if let Some(periodic) = task.args.periodic.get() {
        errors.at(periodic, "write `crate = ..` once, in `#[periodic_manager(..)]`");
    }
}
