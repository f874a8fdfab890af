use core::fmt;

use super::{Note, Warning};
use crate::task::Task;
use crate::time::Timestamp;

/// Every task of one or several managers, and of all that they include, in the order in which due tasks start.
///
/// Its `Display` is a table with a line for each task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskTable {
    pub(super) tasks: Vec<Task>,
    pub(super) warnings: Vec<Warning>,
}

impl TaskTable {
    /// Returns the tasks in table order, including those that are left out.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// Returns the notes for tasks that start at `now` on a node of this name.
    ///
    /// They concern wall-clock schedules: those without any slot left, and those that miss a slot in the next year
    /// because clocks are set forward over it.
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

    /// Keeps the tasks for which `keep` returns true.
    #[doc(hidden)]
    pub fn retain(&mut self, keep: impl FnMut(&Task) -> bool) {
        self.tasks.retain(keep);
    }

    pub(crate) fn into_tasks(self) -> Vec<Task> {
        self.tasks
    }

    /// Returns the parts that work but are probably not intended.
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
