use super::{TableError, TableProblem};

/// How many problems of one table are told. Whoever mends these mends the others.
const MOST: usize = 100;

/// The mistakes in a table: the first in full, the rest counted.
#[derive(Debug, Default)]
pub(super) struct Problems {
    told: Vec<TableProblem>,
    more: usize,
}

impl Problems {
    /// Takes in one more, which is only made if it is told.
    pub(super) fn push(&mut self, problem: impl FnOnce() -> TableProblem) {
        if self.told.len() < MOST {
            self.told.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// The error, if there is one.
    pub(super) fn into_error(self) -> Option<TableError> {
        let Self { told: problems, more } = self;
        (!problems.is_empty()).then_some(TableError { problems, more })
    }
}
