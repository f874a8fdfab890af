use periodic_text::rules::{self, Facts, Val};

use crate::args::{From, Jitter, Length, Missed, Once, Overlap, TaskArgs};
use crate::model::{Execution, Task};

/// Returns the facts of an attribute, for the rules. An argument with a mistake counts as unknown, so that the mistake
/// is not reported twice.
pub(crate) fn of_task(task: &Task) -> Facts {
    let args = &task.args;
    let mut facts = Facts {
        spacing: length(&args.spacing),
        cron: args.cron.is_written(),
        tz: args.tz.get().is_some(),
        dst: args.dst.get().is_some(),
        from: args.from.value().map(|from| match from {
            From::Start => rules::From::Start,
            From::Finish => rules::From::Finish,
        }),
        align: TaskArgs::says(&args.align),
        run_immediately: TaskArgs::says(&args.run_immediately),
        initial_delay: length(&args.initial_delay),
        timeout: length(&args.timeout),
        overlap: args.overlap.value().copied().map(overlap),
        missed: args.missed.value().copied().map(missed),
        grace: length(&args.grace),
        max_runs: args.max_runs.value().map_or(Val::Absent, |runs| count(runs.get())),
        execution: match task.execution() {
            Execution::Spawned => rules::Execution::Spawned,
            Execution::Blocking => rules::Execution::Blocking,
            Execution::Inline => rules::Execution::Inline,
        },
        blocking: args.blocking.get().is_some(),
        inline: args.inline.get().is_some(),
        is_async: task.is_async(),
        ..Facts::NONE
    };
    match args.jitter.value() {
        Some(Jitter::Share(share)) => facts.jitter_share = Val::Is((*share).into()),
        Some(Jitter::UpTo(length)) => facts.jitter = known(length),
        None => {}
    }
    retry(args, &mut facts);
    facts
}

fn retry(args: &TaskArgs, facts: &mut Facts) {
    let Some(retry) = args.retry.value() else { return };
    facts.retry = true;
    facts.attempts = retry.attempts.value().map_or(Val::Absent, |attempts| Val::Is(attempts.get().into()));
    facts.backoff_jitter = retry.jitter.get().is_some();
    if let Some(backoff) = retry.backoff.value() {
        facts.backoff = known(&backoff.first);
        facts.longest_backoff = backoff.longest.as_ref().map_or(Val::Absent, known);
    }
}

fn length(once: &Once<Length>) -> Val {
    match once.value() {
        Some(length) => known(length),
        None if once.is_written() => Val::Unknown,
        None => Val::Absent,
    }
}

fn known(length: &Length) -> Val {
    length.nanos().map_or(Val::Unknown, Val::Is)
}

fn count(number: u64) -> Val {
    Val::Is(i64::try_from(number).unwrap_or(i64::MAX))
}

fn overlap(rule: Overlap) -> rules::Overlap {
    match rule {
        Overlap::Skip => rules::Overlap::Skip,
        Overlap::Queue => rules::Overlap::Queue,
        Overlap::Replace => rules::Overlap::Replace,
        Overlap::Allow(most) => rules::Overlap::Allow(most),
    }
}

fn missed(rule: Missed) -> rules::Missed {
    match rule {
        Missed::Coalesce => rules::Missed::Coalesce,
        Missed::Skip => rules::Missed::Skip,
        Missed::All(most) => rules::Missed::All(most),
    }
}
