use core::fmt;

use crate::task::TaskName;

/// Something that is in force otherwise than before, because the settings were read again.
///
/// # Examples
/// ```
/// use periodic_core::settings::Change;
/// use periodic_core::task::TaskName;
///
/// let task = Some(TaskName::new("ComputeManager", "poll")?);
/// let change = Change { task, key: "spacing", before: "1m".into(), after: "30s".into() };
/// assert_eq!(change.to_string(), "`ComputeManager.poll`: spacing 1m -> 30s");
/// # Ok::<(), periodic_core::task::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The task; `None` for an option of the service.
    pub task: Option<TaskName>,
    /// The key, as a settings file has it.
    pub key: &'static str,
    /// What was in force, also where an operator had set it by hand.
    pub before: String,
    /// What is in force.
    pub after: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, key, before, after } = self;
        task.as_ref().map_or(Ok(()), |task| write!(f, "`{task}`: "))?;
        write!(f, "{key} {before} -> {after}")
    }
}
