//! The table of a service: every task of its managers, with its full name and the settings applied.

mod builder;
mod duplicates;
mod error;
mod misplaced;
mod note;
mod task_table;
mod warning;

pub use builder::TableBuilder;
pub use error::{TableError, TableProblem};
pub use note::Note;
pub use task_table::TaskTable;
pub use warning::Warning;

pub use crate::schedule::note::NoteKind;
