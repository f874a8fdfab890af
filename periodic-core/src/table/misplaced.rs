//! The origin of settings that break a rule, and the settings without a place in the schedule in force.

use periodic_text::rules::{Arg, Facts, Rule, Val};

use crate::settings::{Origin, Settings, TaskKey, TaskSetting};
use crate::spec::TaskSpec;
use crate::task::TaskName;

/// Returns the facts of the declaration in force, with the settings of this very task that have no place in its
/// schedule.
///
/// Settings of a pattern with `*` do not count. They are for those of its tasks that they fit, such as a zone for all
/// tasks with `cron`.
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

/// Returns the origin of the settings that break the rule, unless they were set in code.
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

/// Returns the setting of a key by the task's name, if the task's schedule has no place for the key.
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

/// Returns the settings' key for an argument.
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
        // Arguments that only code can state.
        _ => return None,
    })
}
