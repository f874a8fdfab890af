use crate::task::NameError;

/// How many problems of one table are told. Whoever mends these mends the others.
const MOST: usize = 100;

/// The mistakes in a table: the first in full, the rest counted.
#[derive(Debug)]
pub(crate) struct Problems<T> {
    told: Vec<T>,
    more: usize,
}

impl<T> Problems<T> {
    /// Takes in one more, which is only made if it is told.
    pub(crate) fn push(&mut self, problem: impl FnOnce() -> T) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// The same, each as a problem of another kind.
    pub(crate) fn map<U>(self, as_other: impl FnMut(T) -> U) -> Problems<U> {
        Problems { told: self.told.into_iter().map(as_other).collect(), more: self.more }
    }

    /// Those that are told, and how many others there are.
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
    /// A row has no name that a task can have.
    Name { name: NameError, of: String },
    /// An `except` names a task that the included manager does not have.
    UnknownException { field: String, name: String, known: Vec<String>, more: usize },
}
