use core::num::NonZeroU64;
use core::time::Duration;

use crate::task::{Interval, Jitter, Missed, Overlap, TaskName, TaskSpec};

/// What is set from outside the code, applied when a table is made.
///
/// # Examples
/// ```
/// use periodic_core::table::{Settings, TaskSettings};
/// use periodic_core::task::Interval;
///
/// let settings = Settings::new()
///     .run_external_periodic_tasks(false)
///     .task("ComputeManager.*", TaskSettings::new().spacing(Interval::from_secs(120)))
///     .task("ComputeManager.sync_power_states", TaskSettings::new().enabled(false));
/// # let _ = settings;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    run_external: bool,
    tasks: Vec<(String, TaskSettings)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { run_external: true, tasks: Vec::new() }
    }
}

impl Settings {
    /// Settings that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether tasks marked `external_process_ok` run in this process; true by default.
    pub fn run_external_periodic_tasks(mut self, here: bool) -> Self {
        self.run_external = here;
        self
    }

    /// Sets something of the tasks that `pattern` names: a full name, a name inside the manager, or either
    /// with `*` for any text. Later calls win over earlier ones, argument by argument.
    pub fn task(mut self, pattern: impl Into<String>, settings: TaskSettings) -> Self {
        self.tasks.push((pattern.into(), settings));
        self
    }

    pub(super) fn runs_external(&self) -> bool {
        self.run_external
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.tasks.iter().map(|(pattern, _)| pattern.as_str())
    }

    /// Whether these settings set the spacing of the task `name`.
    pub(super) fn set_spacing_of(&self, name: &TaskName) -> bool {
        self.tasks.iter().any(|(pattern, settings)| settings.spacing.is_some() && names(pattern, name))
    }

    /// The declaration of the task `name` as these settings have it.
    pub(super) fn applied_to(&self, name: &TaskName, spec: &TaskSpec) -> TaskSpec {
        let mut spec = *spec;
        for (pattern, settings) in &self.tasks {
            if names(pattern, name) {
                settings.apply(&mut spec);
            }
        }
        spec
    }
}

/// Whether a pattern names a task.
pub(super) fn names(pattern: &str, name: &TaskName) -> bool {
    fits(pattern, name.as_str()) || fits(pattern, name.task())
}

/// Whether `text` is `pattern`, with `*` for any text. The shortest match of each `*` is tried first, and the
/// last `*` alone is ever widened, so the time is at most the product of both lengths.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    let mut rest = rest;
    while let Some((middle, after)) = rest.split_once('*') {
        let Some(found) = text.find(middle) else {
            return false;
        };
        text = &text[found + middle.len()..];
        rest = after;
    }
    text.ends_with(rest)
}

/// What can be set of one task. What is not set stays as it was declared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[must_use = "settings do nothing until they are part of `Settings`"]
pub struct TaskSettings {
    spacing: Option<Interval>,
    enabled: Option<bool>,
    jitter: Option<Jitter>,
    timeout: Option<Duration>,
    overlap: Option<Overlap>,
    missed: Option<Missed>,
    grace: Option<Duration>,
    max_runs: Option<NonZeroU64>,
}

impl TaskSettings {
    /// Settings that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the spacing. Zero means the default of 60 s, less disables the task.
    pub fn spacing(mut self, interval: Interval) -> Self {
        self.spacing = Some(interval);
        self
    }

    /// Sets whether the task is collected.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = Some(enabled);
        self
    }

    /// Sets the jitter.
    pub fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = Some(jitter);
        self
    }

    /// Sets the bound of one attempt.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the rule for a slot that is due while a run is going.
    pub fn overlap(mut self, overlap: Overlap) -> Self {
        self.overlap = Some(overlap);
        self
    }

    /// Sets the rule for slots that passed unpolled.
    pub fn missed(mut self, missed: Missed) -> Self {
        self.missed = Some(missed);
        self
    }

    /// Sets the greatest lateness at which a slot is still run.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = Some(grace);
        self
    }

    /// Sets after how many scheduled starts the task is done.
    pub fn max_runs(mut self, runs: NonZeroU64) -> Self {
        self.max_runs = Some(runs);
        self
    }

    fn apply(&self, spec: &mut TaskSpec) {
        if let Some(interval) = self.spacing {
            spec.schedule = spec.schedule.with_interval(interval);
        }
        spec.enabled = self.enabled.unwrap_or(spec.enabled);
        spec.jitter = self.jitter.unwrap_or(spec.jitter);
        spec.timeout = self.timeout.or(spec.timeout);
        spec.overlap = self.overlap.or(spec.overlap);
        spec.missed = self.missed.or(spec.missed);
        spec.grace = self.grace.or(spec.grace);
        spec.max_runs = self.max_runs.or(spec.max_runs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fit) in [
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "ac", true),
            ("a*c", "abcd", false),
            ("a*b*c", "a1b2b3c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("**", "x", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern} {text}");
        }
    }

    #[test]
    fn later_settings_win_argument_by_argument() {
        let settings = Settings::new()
            .task("*", TaskSettings::new().spacing(Interval::from_secs(5)).enabled(false))
            .task("M.poll", TaskSettings::new().enabled(true));
        let spec = settings.applied_to(&TaskName::new("M", "poll"), &TaskSpec::new("poll"));
        assert_eq!(spec, TaskSpec::new("poll").every(Interval::from_secs(5)));
        let other = settings.applied_to(&TaskName::new("M", "other"), &TaskSpec::new("other"));
        assert!(!other.enabled);
    }
}
