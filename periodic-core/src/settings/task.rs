use core::num::NonZeroU64;
use core::time::Duration;

use super::{Origin, TaskKey, TaskSetting};
#[cfg(feature = "cron")]
use crate::spec::interned;
#[cfg(feature = "cron")]
use crate::spec::{Dst, Expression};
use crate::spec::{Interval, Jitter, Missed, Overlap, RetrySpec, TaskSpec};

/// What can be set of one task. What is not set stays as it was declared.
///
/// Of two values for one key the later holds.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "settings do nothing until they are part of `Settings`"]
pub struct TaskSettings {
    set: Vec<(TaskSetting, Option<Origin>)>,
}

impl TaskSettings {
    /// Settings that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one key, and says where that was written.
    pub fn set(mut self, setting: TaskSetting, origin: Option<Origin>) -> Self {
        self.set.push((setting, origin));
        self
    }

    /// Sets the spacing. Zero means the default of 60 s, less disables the task.
    pub fn spacing(self, interval: Interval) -> Self {
        self.set(TaskSetting::Spacing(interval), None)
    }

    /// Sets the cron expression. A task that was declared otherwise runs by it too, in UTC unless [`tz`](Self::tz) is
    /// set; its spacing, `from` and `align` give way. Only with the feature `cron`.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::table::{Settings, TaskSettings};
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

    /// Sets the zone whose clocks a cron expression means. Its name is kept for the rest of the process. Only with the
    /// feature `cron`.
    #[cfg(feature = "cron")]
    pub fn tz(self, zone: &str) -> Self {
        self.set(TaskSetting::Tz(interned(zone)), None)
    }

    /// Sets the rules for where the clocks of that zone are set. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn dst(self, dst: Dst) -> Self {
        self.set(TaskSetting::Dst(dst), None)
    }

    /// Sets whether the task is collected.
    pub fn enabled(self, enabled: bool) -> Self {
        self.set(TaskSetting::Enabled(enabled), None)
    }

    /// Sets the jitter; [`Jitter::None`] takes away what was declared.
    pub fn jitter(self, jitter: Jitter) -> Self {
        self.set(TaskSetting::Jitter(jitter), None)
    }

    /// Sets the bound of one attempt.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(TaskSetting::Timeout(Some(timeout)), None)
    }

    /// Lets attempts take as long as they want.
    pub fn no_timeout(self) -> Self {
        self.set(TaskSetting::Timeout(None), None)
    }

    /// Sets how often a slot is tried, and when again.
    pub fn retry(self, retry: RetrySpec) -> Self {
        self.set(TaskSetting::Retry(Some(retry)), None)
    }

    /// Tries each slot once.
    pub fn no_retry(self) -> Self {
        self.set(TaskSetting::Retry(None), None)
    }

    /// Sets the rule for a slot that is due while a run is going.
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

    /// Goes back to the grace of the rule for missed slots: 60 s for `skip`, otherwise any lateness.
    pub fn no_grace(self) -> Self {
        self.set(TaskSetting::Grace(None), None)
    }

    /// Sets after how many scheduled starts the task is done.
    pub fn max_runs(self, runs: NonZeroU64) -> Self {
        self.set(TaskSetting::MaxRuns(Some(runs)), None)
    }

    /// Lets the task start as often as it is due.
    pub fn no_max_runs(self) -> Self {
        self.set(TaskSetting::MaxRuns(None), None)
    }

    /// Puts the values of the keys that are meant into a declaration.
    pub(super) fn apply(&self, spec: &mut TaskSpec, is_meant: impl Fn(TaskKey) -> bool) {
        let meant = self.set.iter().filter(|(setting, _)| is_meant(setting.key()));
        meant.for_each(|(setting, _)| setting.apply(spec));
    }

    /// What was set last of these keys, and where.
    pub(super) fn last(&self, keys: &[TaskKey]) -> Option<&(TaskSetting, Option<Origin>)> {
        self.set.iter().rfind(|(setting, _)| keys.contains(&setting.key()))
    }
}
