use std::collections::HashMap;
use std::sync::Arc;

use super::row::Row;
use super::{ControlError, Scheduler, TaskId};
use crate::task::TaskName;

/// Which row a name means.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By full name, of which the task has the text too.
    full: HashMap<Arc<str>, u32>,
    /// How many tasks each manager has.
    managers: HashMap<String, usize>,
}

impl Index {
    pub(super) fn insert(&mut self, name: &TaskName, row: u32) {
        match self.managers.get_mut(name.manager()) {
            Some(count) => *count += 1,
            None => drop(self.managers.insert(name.manager().to_owned(), 1)),
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
        let managers = self.managers.keys().filter(|manager| !manager.is_empty());
        managers.filter_map(|manager| self.full.get(format!("{manager}.{name}").as_str()).copied()).collect()
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
                let rows = several.iter().filter_map(|row| self.rows[*row as usize].as_ref());
                let mut candidates: Vec<_> = rows.map(|row| row.task.name().clone()).collect();
                candidates.sort();
                Err(ControlError::Ambiguous { name: name.into(), candidates })
            }
        }
    }

    /// The task that may have been meant.
    fn nearest(&self, name: &str) -> Option<&TaskName> {
        let known = || {
            let rows = self.rows.iter().flatten().map(Row::name);
            rows.filter(|name| self.index.contains(name))
        };
        let near = periodic_text::nearest(name, known(), |known| [known.as_str(), known.task()]);
        // Else one of an included manager, whose last part is so.
        let ends =
            |known: &&TaskName| known.task().strip_suffix(name).is_some_and(|field| field.ends_with('.'));
        near.or_else(|| known().filter(ends).min())
    }
}
