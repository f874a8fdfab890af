use core::num::NonZeroU64;
use core::time::Duration;

use super::{Origin, TaskKey, TaskSetting};
#[cfg(feature = "cron")]
use crate::spec::interned;
#[cfg(feature = "cron")]
use crate::spec::{Dst, Expression};
use crate::spec::{Interval, Jitter, Missed, Overlap, RetrySpec, TaskSpec};

/// The settings of one task. A key without a setting keeps its declared value.
///
/// Of two values for one key the later one counts.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "settings do nothing until they are part of `Settings`"]
pub struct TaskSettings {
    set: Vec<(TaskSetting, Option<Origin>)>,
}

impl TaskSettings {
    /// Creates settings that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one key, with the place of the setting in its source.
    pub fn set(mut self, setting: TaskSetting, origin: Option<Origin>) -> Self {
        self.set.push((setting, origin));
        self
    }

    /// Sets the spacing. Zero means the default of 60 s; a negative one disables the task.
    pub fn spacing(self, interval: Interval) -> Self {
        self.set(TaskSetting::Spacing(interval), None)
    }

    /// Sets the cron expression. It also applies to a task that was declared otherwise, in UTC unless [`tz`](Self::tz)
    /// is set; it replaces the spacing, `from` and `align`. Only with the feature `cron`.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::settings::{Settings, TaskSettings};
    ///
    /// let nightly = TaskSettings::new().cron("0 3 * * *".parse()?).tz("Europe/Berlin");
    /// let settings = Settings::new().task("ComputeManager.archive", nightly);
    /// # let _ = settings;
    /// # Ok::<(), periodic_core::task::CronError>(())
    /// ```
    #[cfg(feature = "cron")]
    pub fn cron(self, expression: Expression) -> Self {
        self.set(TaskSetting::Cron(expression), None)
    }

    /// Sets the zone of a cron expression. Its name is kept for the rest of the process. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn tz(self, zone: &str) -> Self {
        self.set(TaskSetting::Tz(interned(zone)), None)
    }

    /// Sets the rules for changes of that zone's clocks. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn dst(self, dst: Dst) -> Self {
        self.set(TaskSetting::Dst(dst), None)
    }

    /// Sets whether the task is collected.
    pub fn enabled(self, enabled: bool) -> Self {
        self.set(TaskSetting::Enabled(enabled), None)
    }

    /// Sets the jitter; [`Jitter::None`] removes a declared one.
    pub fn jitter(self, jitter: Jitter) -> Self {
        self.set(TaskSetting::Jitter(jitter), None)
    }

    /// Sets the longest time that one attempt may take.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(TaskSetting::Timeout(Some(timeout)), None)
    }

    /// Removes the limit on the time of an attempt.
    pub fn no_timeout(self) -> Self {
        self.set(TaskSetting::Timeout(None), None)
    }

    /// Sets the number of attempts for a slot, and their back-offs.
    pub fn retry(self, retry: RetrySpec) -> Self {
        self.set(TaskSetting::Retry(Some(retry)), None)
    }

    /// Removes the retry: each slot has one attempt.
    pub fn no_retry(self) -> Self {
        self.set(TaskSetting::Retry(None), None)
    }

    /// Sets the rule for a slot that is due while a run is active.
    pub fn overlap(self, overlap: Overlap) -> Self {
        self.set(TaskSetting::Overlap(Some(overlap)), None)
    }

    /// Sets the rule for slots that passed unpolled.
    pub fn missed(self, missed: Missed) -> Self {
        self.set(TaskSetting::Missed(Some(missed)), None)
    }

    /// Sets the greatest lateness at which a slot is still run.
    pub fn grace(self, grace: Duration) -> Self {
        self.set(TaskSetting::Grace(Some(grace)), None)
    }

    /// Restores the grace of the rule for missed slots: 60 s for `skip`, otherwise any lateness.
    pub fn no_grace(self) -> Self {
        self.set(TaskSetting::Grace(None), None)
    }

    /// Sets the number of scheduled starts after which the task is done.
    pub fn max_runs(self, runs: NonZeroU64) -> Self {
        self.set(TaskSetting::MaxRuns(Some(runs)), None)
    }

    /// Removes the limit on the number of starts.
    pub fn no_max_runs(self) -> Self {
        self.set(TaskSetting::MaxRuns(None), None)
    }

    /// Sets the values of the keys for which `is_meant` is true in a declaration.
    pub(super) fn apply(&self, spec: &mut TaskSpec, is_meant: impl Fn(TaskKey) -> bool) {
        let meant = self.set.iter().filter(|(setting, _)| is_meant(setting.key()));
        meant.for_each(|(setting, _)| setting.apply(spec));
    }

    /// Returns the last setting of these keys, and its origin.
    pub(super) fn last(&self, keys: &[TaskKey]) -> Option<&(TaskSetting, Option<Origin>)> {
        self.set.iter().rfind(|(setting, _)| keys.contains(&setting.key()))
    }
}
