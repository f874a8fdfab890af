//! The table of a service: every task of its managers, with its full name and the settings applied.

mod builder;
mod collector;
mod error;
mod misplaced;
mod note;
mod path;
mod problems;
mod tasks;

pub use crate::schedule::note::NoteKind;
pub use crate::settings::{Settings, TaskSettings};
pub use builder::TableBuilder;
pub use collector::Collector;
pub use error::{TableError, TableProblem, Warning};
pub use note::Note;
pub use tasks::{LeftOut, Task, TaskTable};
