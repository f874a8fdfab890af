use std::collections::BTreeSet;

use super::layer::Layer;
use super::places::Places;
use super::{Origin, Pattern, ServiceOptions, TaskKey, TaskSetting, TaskSettings};
use crate::spec::TaskSpec;
use crate::task::TaskName;

/// The settings from outside the code, applied when a table is built.
///
/// A later value wins over an earlier one, key by key.
///
/// # Examples
/// ```
/// use periodic_core::settings::{Settings, TaskSettings};
/// use periodic_core::task::Interval;
///
/// let settings = Settings::new()
///     .run_external_periodic_tasks(false)
///     .task("ComputeManager.*", TaskSettings::new().spacing(Interval::from_secs(120)))
///     .task("ComputeManager.sync_power_states", TaskSettings::new().enabled(false));
/// assert!(!settings.options().run_external_periodic_tasks);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    options: ServiceOptions,
    layers: Vec<Layer>,
    places: Places,
}

impl Settings {
    /// Creates settings that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the options of the service.
    pub fn options(&self) -> &ServiceOptions {
        &self.options
    }

    /// Changes options of the service.
    ///
    /// # Examples
    /// ```
    /// use std::time::Duration;
    /// use periodic_core::Settings;
    ///
    /// let settings = Settings::new().service(|options| options.report_interval = Duration::from_secs(5));
    /// assert_eq!(settings.options().report_interval, Duration::from_secs(5));
    /// ```
    #[must_use]
    pub fn service(mut self, change: impl FnOnce(&mut ServiceOptions)) -> Self {
        change(&mut self.options);
        self
    }

    /// Sets whether tasks marked `external_process_ok` run in this process; true by default.
    #[must_use]
    pub fn run_external_periodic_tasks(self, here: bool) -> Self {
        self.service(|options| options.run_external_periodic_tasks = here)
    }

    /// Changes the settings of the tasks that match `pattern`: a full name, a name inside the manager, or either with
    /// `*` for any text. Later calls win over earlier ones, argument by argument.
    ///
    /// A pattern with `*` may match tasks whose schedule has no place for a key. A spacing then leaves tasks with
    /// `cron` alone; a zone or its rules leave all others alone. For a task set by its name, such a key is an error.
    #[must_use]
    pub fn task(self, pattern: impl Into<String>, settings: TaskSettings) -> Self {
        self.layer(Pattern::Name(pattern.into()), settings, None)
    }

    /// Changes the settings as [`task`](Self::task) does. `origin` is the place of the pattern in its source; an error
    /// about an unknown task names it.
    #[must_use]
    pub fn task_from(self, origin: Origin, pattern: impl Into<String>, settings: TaskSettings) -> Self {
        self.layer(Pattern::Name(pattern.into()), settings, Some(origin))
    }

    /// Changes the settings as [`task_from`](Self::task_from) does, for a name in the spelling of environment
    /// variables. It is in capitals, with two underscores for a dot, and one for each other sign that is no letter and
    /// no digit.
    #[must_use]
    pub fn task_from_variable(
        self,
        origin: Origin,
        spelled: impl Into<String>,
        settings: TaskSettings,
    ) -> Self {
        self.layer(Pattern::Variable(spelled.into()), settings, Some(origin))
    }

    fn layer(mut self, pattern: Pattern, settings: TaskSettings, origin: Option<Origin>) -> Self {
        self.places.insert(&pattern, self.layers.len());
        self.layers.push(Layer { pattern, settings, origin });
        self
    }

    /// The most names with a `*` that a table is made with: each is tried for each task.
    pub const MOST_PATTERNS: usize = 1_000;

    /// How many names with a `*` there are, if they are too many.
    pub(crate) fn too_many_patterns(&self) -> Option<usize> {
        Some(self.places.open()).filter(|count| *count > Self::MOST_PATTERNS)
    }

    /// Returns the places of all layers, for [`retain_others`](Self::retain_others).
    pub(crate) fn all_layers(&self) -> BTreeSet<usize> {
        (0..self.layers.len()).collect()
    }

    /// Removes the layers that name this task.
    pub(crate) fn retain_others(&self, layers: &mut BTreeSet<usize>, name: &TaskName) {
        if layers.is_empty() {
            return;
        }
        for place in self.places.of(name, &self.layers) {
            layers.remove(&place);
        }
    }

    /// Returns the patterns of these layers, and their origins.
    pub(crate) fn patterns(
        &self,
        layers: &BTreeSet<usize>,
    ) -> impl Iterator<Item = (&Pattern, Option<&Origin>)> {
        let layers = layers.iter().filter_map(|place| self.layers.get(*place));
        layers.map(|layer| (&layer.pattern, layer.origin.as_ref()))
    }

    /// Returns the declaration of the task `name` with these settings applied.
    pub(crate) fn applied_to(&self, name: &TaskName, spec: &TaskSpec) -> TaskSpec {
        let mut spec = *spec;
        let layers = self.places.of(name, &self.layers);
        // `cron` comes first, in any order of the settings: other keys may need the schedule that it brings.
        for cron_is_meant in [true, false] {
            for place in &layers {
                let settings = &self.layers[*place].settings;
                settings.apply(&mut spec, |key| (key == TaskKey::Cron) == cron_is_meant);
            }
        }
        spec
    }

    /// Returns the last setting of this key for the task `name`, and its origin. Only settings by the task's name
    /// count, not those by a pattern with `*`.
    pub(crate) fn last_by_name(
        &self,
        name: &TaskName,
        key: TaskKey,
    ) -> Option<&(TaskSetting, Option<Origin>)> {
        let places = self.places.by_name(name);
        places.into_iter().rev().find_map(|place| self.layers[place].settings.last(&[key]))
    }

    fn layers_of(&self, name: &TaskName) -> impl DoubleEndedIterator<Item = &Layer> {
        self.places.of(name, &self.layers).into_iter().map(|place| &self.layers[place])
    }

    /// Returns the origin of the value in force for one of these keys of the task `name`.
    pub(crate) fn origin_of(&self, name: &TaskName, keys: &[TaskKey]) -> Option<&Origin> {
        self.layers_of(name).rev().find_map(|layer| layer.settings.last(keys))?.1.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Interval, RetrySpec};

    #[test]
    fn later_settings_win_argument_by_argument() {
        let settings = Settings::new()
            .task("*", TaskSettings::new().spacing(Interval::from_secs(5)).enabled(false))
            .task("M.poll", TaskSettings::new().enabled(true));
        let spec = settings.applied_to(&TaskName::new("M", "poll").unwrap(), &TaskSpec::new("poll"));
        assert_eq!(spec, TaskSpec::new("poll").every(Interval::from_secs(5)));
        let other = settings.applied_to(&TaskName::new("M", "other").unwrap(), &TaskSpec::new("other"));
        assert!(!other.enabled);
    }

    #[test]
    fn what_was_declared_can_be_taken_away() {
        let retry = RetrySpec::new(3.try_into().unwrap());
        let declared = TaskSpec::new("poll").timeout(core::time::Duration::from_secs(5)).retry(retry);
        let settings = Settings::new().task("poll", TaskSettings::new().no_timeout().no_retry());
        assert_eq!(
            settings.applied_to(&TaskName::new("M", "poll").unwrap(), &declared),
            TaskSpec::new("poll")
        );
    }
}
