use core::fmt;

use periodic_text::rules::{Level, Rule};

use crate::settings::{Origin, origin_prefix};
use crate::task::{Task, TaskName};

/// Something in a table that works but is likely not meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The task.
    pub task: TaskName,
    /// What is odd, and what to do.
    pub what: &'static str,
    /// Where the settings that brought it about were written, unless it was in code.
    pub origin: Option<Origin>,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}`{}`: {}", origin_prefix(self.origin.as_ref()), self.task, self.what)
    }
}

impl Task {
    /// Warnings about parts of the declaration that work but are likely not meant, as
    /// [`TaskTable::warnings`](super::TaskTable::warnings) of the tasks of a table.
    pub fn warnings(&self) -> Vec<Warning> {
        let broken = Rule::broken_by(self.spec().facts());
        let unlikely = broken.filter(|rule| rule.level() == Level::Unlikely);
        unlikely
            .map(|rule| Warning { task: self.name().clone(), what: rule.message(), origin: None })
            .collect()
    }
}
