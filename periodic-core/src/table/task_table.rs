use core::fmt;

use super::{Note, Warning};
use crate::task::Task;
use crate::time::Timestamp;

/// Every task of a manager, or of several, and of all that they include, in the order in which due tasks start.
///
/// Printed, it is a table with a line for each task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskTable {
    pub(super) tasks: Vec<Task>,
    pub(super) warnings: Vec<Warning>,
}

impl TaskTable {
    /// The tasks, in table order, those that are left out among them.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// What is worth knowing when the tasks start at `now` on a node of this name: of wall-clock schedules those that
    /// have no slot left, and those that miss one of the next year because clocks are set forward over it.
    pub fn notes(&self, node: &str, now: Timestamp) -> Vec<Note> {
        let mut notes = Vec::new();
        for task in &self.tasks {
            if task.left_out().is_none()
                && let Some(calendar) = task.calendar_of(node)
                && let Some((kind, text)) = calendar.note(now)
            {
                notes.push(Note { task: task.name().clone(), kind, text });
            }
        }
        notes
    }

    pub(crate) fn into_tasks(self) -> Vec<Task> {
        self.tasks
    }

    /// What works but is likely not meant.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl fmt::Display for TaskTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.tasks.iter().map(|task| task.name().as_str().chars().count()).max().unwrap_or(0);
        for task in &self.tasks {
            let schedule = task.spec().schedule.to_string();
            write!(f, "{:width$}  {}", task.name(), periodic_text::escaped(&schedule))?;
            match task.left_out() {
                Some(reason) => writeln!(f, ", left out: {reason}")?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}
