use std::collections::HashMap;

use super::TableProblem;
use crate::task::TaskName;

/// The names of a table, each with the place of its declaration.
pub(super) struct Names(HashMap<TaskName, String>);

impl Names {
    pub(super) fn for_rows(count: usize) -> Self {
        Self(HashMap::with_capacity(count))
    }

    /// Adds a name; refuses one that the table has.
    pub(super) fn add(&mut self, name: &TaskName, origin: String) -> Result<(), Duplicate> {
        if let Some(first) = self.0.get(name) {
            return Err(Duplicate { name: name.clone(), first: first.clone(), second: origin });
        }
        self.0.insert(name.clone(), origin);
        Ok(())
    }
}

/// A name that two declarations have.
pub(super) struct Duplicate {
    name: TaskName,
    first: String,
    second: String,
}

impl From<Duplicate> for TableProblem {
    fn from(Duplicate { name, first, second }: Duplicate) -> Self {
        Self::Duplicate { name, first, second }
    }
}
