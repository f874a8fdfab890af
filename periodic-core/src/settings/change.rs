use core::fmt;

use crate::task::TaskName;

/// A value that has changed because the settings were read again.
///
/// # Examples
/// ```
/// use periodic_core::settings::SettingChange;
/// use periodic_core::task::TaskName;
///
/// let task = Some(TaskName::new("ComputeManager", "poll")?);
/// let change = SettingChange { task, key: "spacing", before: "1m".into(), after: "30s".into() };
/// assert_eq!(change.to_string(), "`ComputeManager.poll`: spacing 1m -> 30s");
/// # Ok::<(), periodic_core::task::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl fmt::Display for SettingChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, key, before, after } = self;
        task.as_ref().map_or(Ok(()), |task| write!(f, "`{task}`: "))?;
        write!(f, "{key} {before} -> {after}")
    }
}
