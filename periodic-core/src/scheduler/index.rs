use std::collections::HashMap;
use std::sync::Arc;

use super::{ControlError, TaskId};
use crate::task::TaskName;

/// Which row a name means.
#[derive(Debug, Default)]
pub(super) struct Index {
    full: HashMap<Arc<str>, (u32, TaskName)>,
    /// How many tasks each manager has.
    managers: HashMap<String, usize>,
}

impl Index {
    pub(super) fn insert(&mut self, name: &TaskName, row: u32) {
        *self.managers.entry(name.manager().to_owned()).or_default() += 1;
        self.full.insert(name.as_str().into(), (row, name.clone()));
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
        self.full.get(name.as_str()).map(|(row, _)| TaskId(*row))
    }

    /// The first of the tasks of included managers whose last part is `name`.
    fn ending_in(&self, name: &str) -> Option<&TaskName> {
        let ends =
            |known: &&TaskName| known.task().strip_suffix(name).is_some_and(|field| field.ends_with('.'));
        self.full.values().map(|(_, known)| known).filter(ends).min()
    }

    /// The row that `name` means: a full name, or a name inside its manager where only one manager has it.
    pub(super) fn find(&self, name: &str) -> Result<TaskId, ControlError> {
        if let Some((row, _)) = self.full.get(name) {
            return Ok(TaskId(*row));
        }
        let inside = self.managers.keys().filter(|manager| !manager.is_empty());
        let found: Vec<_> =
            inside.filter_map(|manager| self.full.get(format!("{manager}.{name}").as_str())).collect();
        match found[..] {
            [(row, _)] => Ok(TaskId(*row)),
            [] => {
                let known = self.full.values().map(|(_, known)| known);
                let near = periodic_text::nearest(name, known, |known| [known.as_str(), known.task()]);
                let near = near.or_else(|| self.ending_in(name)).cloned();
                Err(ControlError::Unknown { name: name.into(), near })
            }
            _ => {
                let mut candidates: Vec<_> = found.iter().map(|(_, name)| name.clone()).collect();
                candidates.sort();
                Err(ControlError::Ambiguous { name: name.into(), candidates })
            }
        }
    }
}
