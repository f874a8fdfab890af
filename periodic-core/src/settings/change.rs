use core::fmt;

use crate::task::TaskName;

/// A value that has changed because the settings were read again.
///
/// # Examples
/// ```
/// use periodic_core::settings::SettingChange;
///
/// let change = SettingChange::of_option("report_interval", "10s", "5s");
/// assert_eq!(change.to_string(), "report_interval 10s -> 5s");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingChange {
    /// The task; `None` for an option of the service.
    pub task: Option<TaskName>,
    /// The key in the syntax of a settings file.
    pub key: &'static str,
    /// The value in force before, from the settings or from an operator.
    pub before: String,
    /// The value in force now.
    pub after: String,
}

impl SettingChange {
    /// Creates the change of an option of the service, for a driver that puts the options in force.
    pub fn of_option(key: &'static str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { task: None, key, before: before.into(), after: after.into() }
    }
}

impl fmt::Display for SettingChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, key, before, after } = self;
        task.as_ref().map_or(Ok(()), |task| write!(f, "`{task}`: "))?;
        write!(f, "{key} {before} -> {after}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_of_a_task_begins_with_its_name() {
        let task = Some(TaskName::new("ComputeManager", "poll").unwrap());
        let change = SettingChange { task, key: "spacing", before: "1m".into(), after: "30s".into() };
        assert_eq!(change.to_string(), "`ComputeManager.poll`: spacing 1m -> 30s");
    }
}
