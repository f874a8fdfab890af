//! What arguments must not stand together once the settings are applied. In code the macros refuse the same
//! pairs when they expand the attribute; these are for what settings and run-time additions bring about.

use crate::settings::{Origin, Settings, TaskKey, TaskSetting};
use crate::task::{Anchor, Execution, FirstRun, Jitter, Overlap, TaskName, TaskSpec};

/// What does not go together, and the keys by which settings can have brought it about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) what: &'static str,
    pub(crate) keys: &'static [TaskKey],
}

/// What the settings set of this very task and has no place in the schedule that is in force, and where they do.
///
/// What a pattern with `*` sets is for those of its tasks that it fits, as the zone of all that run by `cron`.
pub(crate) fn misplaced<'a>(
    settings: &'a Settings,
    name: &TaskName,
    spec: &TaskSpec,
) -> Vec<(&'static str, Option<&'a Origin>)> {
    const OUT_OF_PLACE: [(TaskKey, &str); 3] = [
        (
            TaskKey::Spacing,
            "`spacing` cannot be set of a task that runs by `cron`; leave it out, or set `cron`",
        ),
        (TaskKey::Tz, "`tz` says whose clocks a `cron` means, and this task has none; set `cron` too"),
        (
            TaskKey::Dst,
            "`dst` says what becomes of the slots of a `cron`, and this task has none; set `cron` too",
        ),
    ];
    let mut misplaced = Vec::new();
    for (key, what) in &OUT_OF_PLACE {
        if TaskSetting::of(spec, *key).is_none()
            && let Some((_, origin)) = settings.last_by_name(name, *key)
        {
            misplaced.push((*what, origin.as_ref()));
        }
    }
    misplaced
}

/// The first pair that has no meaning.
pub(crate) fn contradiction(spec: &TaskSpec) -> Option<Clash> {
    let (from, align) = spec.schedule.origin();
    let overlap = spec.overlap.unwrap_or_default();
    if from == Anchor::Finish && (spec.overlap.is_some() || spec.missed.is_some()) {
        return Some(clash(
            &[TaskKey::Overlap, TaskKey::Missed],
            "with `from = finish` the next slot begins where the last run ends, so there is nothing for `overlap` \
             or `missed` to decide; leave them out",
        ));
    }
    if from == Anchor::Finish && align {
        return Some(clash(
            &[],
            "`align` puts slots on the clock's grid, `from = finish` off it; choose one",
        ));
    }
    if spec.schedule.interval().is_none() && matches!(spec.first, FirstRun::After(_)) {
        return Some(clash(
            &[TaskKey::Cron],
            "`cron` says when the first slot is, `initial_delay` says otherwise; choose one",
        ));
    }
    if align && matches!(spec.first, FirstRun::After(_)) {
        return Some(clash(
            &[],
            "`align` puts the first slot on the clock's grid, `initial_delay` off it; choose one",
        ));
    }
    if spec.execution == Execution::Inline && overlap != Overlap::Skip {
        return Some(clash(
            &[TaskKey::Overlap],
            "an `inline` run occupies the runner, so it never overlaps another; only `overlap = skip` fits",
        ));
    }
    if spec.execution == Execution::Blocking && overlap == Overlap::Replace {
        return Some(clash(
            &[TaskKey::Overlap],
            "a blocking run cannot be cancelled, so nothing can replace it; make the task an `async fn`",
        ));
    }
    if matches!(spec.jitter, Jitter::Share(share) if share > 1_000_000) {
        return Some(clash(&[TaskKey::Jitter], "`jitter` is more than the whole spacing; use at most 100 %"));
    }
    None
}

/// The first pair that is likely not meant.
pub(crate) fn oddity(spec: &TaskSpec) -> Option<Clash> {
    let spacing = spec.schedule.spacing()?.as_duration();
    let (from, _) = spec.schedule.origin();
    if from == Anchor::Start
        && spec.overlap.is_none()
        && spec.timeout.is_some_and(|timeout| timeout > spacing)
    {
        return Some(clash(
            &[TaskKey::Timeout, TaskKey::Spacing],
            "the timeout is longer than the spacing, so runs may skip slots; state `overlap` if that is meant",
        ));
    }
    if from == Anchor::Start
        && spec.retry.is_some_and(|retry| retry.attempts.get() > 1 && retry.shortest() >= spacing)
    {
        return Some(clash(
            &[TaskKey::Retry, TaskKey::Spacing],
            "the back-off is not shorter than the spacing, so no attempt comes before the next slot and none is \
             retried; shorten it, or leave `retry` out",
        ));
    }
    if matches!(spec.jitter, Jitter::UpTo(most) if most >= spacing) {
        return Some(clash(
            &[TaskKey::Jitter, TaskKey::Spacing],
            "the jitter is not shorter than the spacing; it is cut below the next slot",
        ));
    }
    None
}

const fn clash(keys: &'static [TaskKey], what: &'static str) -> Clash {
    Clash { what, keys }
}
