//! What arguments must not stand together once the settings are applied. In code the macros refuse the same
//! pairs when they expand the attribute; these are for what settings and run-time additions bring about.

use crate::task::{Anchor, Execution, FirstRun, Jitter, Overlap, TaskSpec};

/// The first pair that has no meaning.
pub(crate) fn contradiction(spec: &TaskSpec) -> Option<&'static str> {
    let (from, align) = spec.schedule.origin();
    let overlap = spec.overlap.unwrap_or_default();
    if from == Anchor::Finish && (spec.overlap.is_some() || spec.missed.is_some()) {
        return Some(
            "with `from = finish` the next slot begins where the last run ends, so there is nothing for `overlap` \
             or `missed` to decide; leave them out",
        );
    }
    if from == Anchor::Finish && align {
        return Some("`align` puts slots on the clock's grid, `from = finish` off it; choose one");
    }
    if spec.schedule.interval().is_none() && matches!(spec.first, FirstRun::After(_)) {
        return Some("`cron` says when the first slot is, `initial_delay` says otherwise; choose one");
    }
    if align && matches!(spec.first, FirstRun::After(_)) {
        return Some("`align` puts the first slot on the clock's grid, `initial_delay` off it; choose one");
    }
    if spec.execution == Execution::Inline && overlap != Overlap::Skip {
        return Some(
            "an `inline` run occupies the runner, so it never overlaps another; only `overlap = skip` fits",
        );
    }
    if spec.execution == Execution::Blocking && overlap == Overlap::Replace {
        return Some(
            "a blocking run cannot be cancelled, so nothing can replace it; make the task an `async fn`",
        );
    }
    if matches!(spec.jitter, Jitter::Share(share) if share > 1_000_000) {
        return Some("`jitter` is more than the whole spacing; use at most 100 %");
    }
    None
}

/// The first pair that is likely not meant.
pub(crate) fn oddity(spec: &TaskSpec) -> Option<&'static str> {
    let spacing = spec.schedule.spacing()?.as_duration();
    if spec.schedule.origin().0 == Anchor::Start
        && spec.overlap.is_none()
        && spec.timeout.is_some_and(|timeout| timeout > spacing)
    {
        return Some(
            "the timeout is longer than the spacing, so runs may skip slots; state `overlap` if that is meant",
        );
    }
    if matches!(spec.jitter, Jitter::UpTo(most) if most >= spacing) {
        return Some("the jitter is not shorter than the spacing; it is cut below the next slot");
    }
    None
}
