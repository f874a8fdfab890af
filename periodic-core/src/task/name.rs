use core::fmt;
use std::sync::Arc;

use super::NameError;

/// The full name of a task: its manager's name, and its own inside that manager.
///
/// The own part of a task from an included field begins with the field: `driver.check_status`,
/// `drivers.ipmi.check_status`. The full name is printed as `ConductorManager.driver.check_status`. Each part has 1 to
/// 255 bytes without white space, control characters or `*`, so a name is harmless in any output.
///
/// # Examples
/// ```
/// use periodic_core::task::TaskName;
///
/// let name = TaskName::new("ConductorManager", "driver.check_status")?;
/// assert_eq!(name.to_string(), "ConductorManager.driver.check_status");
/// assert!(name.matches("driver.check_status"));
/// assert!(name.matches("ConductorManager.driver.check_status"));
/// assert!(!name.matches("check_status"));
/// assert!(TaskName::new("ConductorManager", "check*").is_err());
/// # Ok::<(), periodic_core::task::NameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskName {
    full: Arc<str>,
    /// The first byte of the own part.
    task: usize,
}

impl TaskName {
    /// Creates the name of `task` in `manager`; an empty manager leaves the own part alone.
    ///
    /// # Errors
    /// When one of them is no name. A name has 1 to 255 bytes. It has no white space, no control character, no `*`, and
    /// no character that shows nothing or changes the direction of text.
    pub fn new(manager: &str, task: &str) -> Result<Self, NameError> {
        if !manager.is_empty() {
            NameError::check("a manager", manager)?;
        }
        NameError::check("a task", task)?;
        Ok(if manager.is_empty() {
            Self { full: task.into(), task: 0 }
        } else {
            Self { full: format!("{manager}.{task}").into(), task: manager.len() + 1 }
        })
    }

    /// Creates a placeholder for the name of a task.
    pub(crate) fn of_no_task() -> Self {
        Self { full: "".into(), task: 0 }
    }

    /// Returns the manager's name, empty if there is none.
    pub fn manager(&self) -> &str {
        &self.full[..self.task.saturating_sub(1)]
    }

    /// Returns the task's name inside its manager.
    pub fn task(&self) -> &str {
        &self.full[self.task..]
    }

    /// Returns the full name.
    pub fn as_str(&self) -> &str {
        &self.full
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.full)
    }

    /// Whether `name` is the full name, or the task's name inside its manager.
    pub fn matches(&self, name: &str) -> bool {
        name == self.as_str() || name == self.task()
    }
}

impl fmt::Display for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.full)
    }
}

impl fmt::Debug for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.full, f)
    }
}
