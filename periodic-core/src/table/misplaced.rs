//! Where the settings that break a rule were written, and what they set that has no place in the schedule in force.

use periodic_text::rules::{Arg, Facts, Rule, Val};

use crate::settings::{Origin, Settings, TaskKey, TaskSetting};
use crate::spec::TaskSpec;
use crate::task::TaskName;

/// What is in force for a task, with what the settings set of this very task although its schedule has no place for it.
///
/// What a pattern with `*` sets is for those of its tasks that it fits, as the zone of all that run by `cron`.
pub(super) fn facts(settings: &Settings, name: &TaskName, spec: &TaskSpec) -> Facts {
    let mut facts = spec.facts();
    let is_misplaced = |key| misplaced(settings, name, spec, key).is_some();
    if is_misplaced(TaskKey::Spacing) {
        facts.spacing = Val::Unknown;
    }
    facts.tz |= is_misplaced(TaskKey::Tz);
    facts.dst |= is_misplaced(TaskKey::Dst);
    facts
}

/// Where the settings that break the rule were written, unless that was in code.
pub(super) fn origin<'s>(
    settings: &'s Settings,
    name: &TaskName,
    spec: &TaskSpec,
    rule: Rule,
) -> Option<&'s Origin> {
    let mut keys = Vec::new();
    for key in rule.blame().iter().copied().filter_map(key) {
        if let Some((_, origin)) = misplaced(settings, name, spec, key) {
            return origin.as_ref();
        }
        keys.push(key);
    }
    settings.origin_of(name, &keys)
}

/// The keys that the settings set of the task by its name, if its schedule has no place for it.
fn misplaced<'s>(
    settings: &'s Settings,
    name: &TaskName,
    spec: &TaskSpec,
    key: TaskKey,
) -> Option<&'s (TaskSetting, Option<Origin>)> {
    if TaskSetting::of(spec, key).is_some() {
        return None;
    }
    settings.last_by_name(name, key)
}

/// The key by which settings say what the argument says.
fn key(arg: Arg) -> Option<TaskKey> {
    Some(match arg {
        Arg::Spacing => TaskKey::Spacing,
        Arg::Cron => TaskKey::Cron,
        Arg::Tz => TaskKey::Tz,
        Arg::Dst => TaskKey::Dst,
        Arg::Jitter => TaskKey::Jitter,
        Arg::Timeout => TaskKey::Timeout,
        Arg::Retry | Arg::Attempts | Arg::Backoff => TaskKey::Retry,
        Arg::Overlap => TaskKey::Overlap,
        Arg::Missed => TaskKey::Missed,
        Arg::Grace => TaskKey::Grace,
        Arg::MaxRuns => TaskKey::MaxRuns,
        // What only code can say.
        _ => return None,
    })
}
