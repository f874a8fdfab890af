use crate::args::{Arg, TaskArgs};
use crate::errors::Errors;

/// Checks `cron` and what belongs to it against the other arguments.
pub(super) fn check(args: &TaskArgs, errors: &mut Errors) {
    if args.cron.is_written() {
        refuse_fixed_spacings(args, errors);
        return;
    }
    if let Some(zone) = args.tz.get() {
        errors.at(zone, "`tz` is the time zone of a `cron`, and there is none: add one, or leave `tz` out");
    }
    if let Some(dst) = args.dst.get() {
        errors
            .at(dst, "`dst` is about the slots of a `cron`, and there is none: add one, or leave `dst` out");
    }
}

fn refuse_fixed_spacings(args: &TaskArgs, errors: &mut Errors) {
    if let Some(spacing) = args.spacing.get() {
        errors.at(spacing, "`spacing` contradicts `cron`: a task has one schedule, keep one of them");
    }
    if let Some(from) = args.from.get() {
        refuse(from, "it measures a `spacing`, and the slots of a `cron` are the clock's", errors);
    }
    if let Some(align) = args.align.get().filter(|align| align.value.0) {
        refuse(align, "the slots of a `cron` are the clock's already", errors);
    }
    if let Some(delay) = args.initial_delay.get() {
        refuse(
            delay,
            "the first slot is the next time on the clock; for one more at the start write `run_immediately`",
            errors,
        );
    }
}

fn refuse<T>(arg: &Arg<T>, reason: &str, errors: &mut Errors) {
    errors.at(arg, format_args!("`{}` has no meaning with `cron`: {reason}", arg.key));
}
