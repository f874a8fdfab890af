use crate::task::NameError;

/// The most problems of one table that are reported. Their correction leads to the others.
const MOST: usize = 100;

/// The mistakes in a table: the first in full, the rest counted.
#[derive(Debug)]
pub(crate) struct Problems<T> {
    told: Vec<T>,
    more: usize,
}

impl<T> Problems<T> {
    /// Adds a problem. It is built only if it will be reported.
    pub(crate) fn push(&mut self, problem: impl FnOnce() -> T) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// Returns the same problems, each converted to another type.
    pub(crate) fn map<U>(self, as_other: impl FnMut(T) -> U) -> Problems<U> {
        Problems { told: self.told.into_iter().map(as_other).collect(), more: self.more }
    }

    /// Returns the reported problems, and the number of the others.
    pub(crate) fn into_parts(self) -> (Vec<T>, usize) {
        (self.told, self.more)
    }
}

impl<T> Default for Problems<T> {
    fn default() -> Self {
        Self { told: Vec::new(), more: 0 }
    }
}

/// A mistake in the rows of managers.
#[derive(Debug)]
pub(crate) enum RowProblem {
    /// A row has no valid task name.
    Name { name: NameError, of: String },
    /// An `except` names a task that the included manager does not have.
    UnknownException { field: String, name: String, known: Vec<String>, more: usize },
}
