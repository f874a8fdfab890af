use std::collections::HashMap;
use std::sync::Arc;

use super::{ControlError, Scheduler, TaskId};
use crate::task::TaskName;

/// Which row a name means.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By full name, of which the task has the text too.
    full: HashMap<Arc<str>, u32>,
    /// How many tasks each manager has.
    managers: HashMap<Arc<str>, u32>,
}

impl Index {
    pub(super) fn insert(&mut self, name: &TaskName, row: u32) {
        match self.managers.get_mut(name.manager()) {
            Some(count) => *count += 1,
            None => drop(self.managers.insert(name.manager().into(), 1)),
        }
        self.full.insert(name.shared(), row);
    }

    pub(super) fn remove(&mut self, name: &TaskName) {
        self.full.remove(name.as_str());
        if let Some(count) = self.managers.get_mut(name.manager()) {
            *count -= 1;
            if *count == 0 {
                self.managers.remove(name.manager());
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.full.len()
    }

    pub(super) fn contains(&self, name: &TaskName) -> bool {
        self.full.contains_key(name.as_str())
    }

    /// The row of this full name.
    pub(super) fn exactly(&self, name: &TaskName) -> Option<TaskId> {
        self.full.get(name.as_str()).copied().map(TaskId)
    }

    /// The rows that are called so inside their managers.
    fn inside(&self, name: &str) -> Vec<u32> {
        let mut rows = Vec::new();
        for manager in self.managers.keys() {
            if !manager.is_empty() {
                rows.extend(self.full.get(format!("{manager}.{name}").as_str()));
            }
        }
        rows
    }
}

impl Scheduler {
    /// The row that `name` means: a full name, or a name inside its manager where only one manager has it.
    pub(super) fn find(&self, name: &str) -> Result<TaskId, ControlError> {
        if let Some(row) = self.index.full.get(name) {
            return Ok(TaskId(*row));
        }
        match self.index.inside(name)[..] {
            [row] => Ok(TaskId(row)),
            [] => Err(ControlError::Unknown { name: name.into(), near: self.nearest(name).cloned() }),
            ref several => {
                let mut candidates = Vec::new();
                for row in several {
                    candidates.extend(self.rows[*row as usize].as_ref().map(|row| row.task.name().clone()));
                }
                candidates.sort();
                Err(ControlError::Ambiguous { name: name.into(), candidates })
            }
        }
    }

    /// The task that may have been meant.
    fn nearest(&self, name: &str) -> Option<&TaskName> {
        let mut known = Vec::new();
        // One of an included manager, whose last part is so.
        let mut included = None;
        for row in self.rows.iter().flatten() {
            let known_name = row.name();
            if self.index.contains(known_name) {
                known.push(known_name);
                let field = known_name.task().strip_suffix(name);
                if field.is_some_and(|field| field.ends_with('.'))
                    && included.is_none_or(|least| known_name < least)
                {
                    included = Some(known_name);
                }
            }
        }
        periodic_text::nearest(name, known, |known| [known.as_str(), known.task()]).or(included)
    }
}
