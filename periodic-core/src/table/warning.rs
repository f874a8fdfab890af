use core::fmt;

use periodic_text::rules::{Level, Rule};

use crate::settings::{Origin, origin_prefix};
use crate::task::{Task, TaskName};

/// A part of a table that works but is probably not intended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The task.
    pub task: TaskName,
    /// The mistake and the correction.
    pub what: &'static str,
    /// The place of the setting that caused it; `None` if it was set in code.
    pub origin: Option<Origin>,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}`{}`: {}", origin_prefix(self.origin.as_ref()), self.task, self.what)
    }
}

impl Task {
    /// Returns the parts of the declaration that work but are probably not intended.
    /// [`TaskTable::warnings`](super::TaskTable::warnings) returns them for the tasks of a table.
    pub fn warnings(&self) -> Vec<Warning> {
        let broken = Rule::broken_by(self.spec().facts());
        let unlikely = broken.filter(|rule| rule.level() == Level::Unlikely);
        unlikely
            .map(|rule| Warning { task: self.name().clone(), what: rule.message(), origin: None })
            .collect()
    }
}
