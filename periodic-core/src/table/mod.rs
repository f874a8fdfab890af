//! The table of a service: every task of its manager, with its full name and the settings applied.

mod collector;
mod effective;
mod error;
mod note;
mod settings;
mod tasks;

pub use collector::Collector;
pub use error::{TableError, TableProblem, Warning};
pub use note::{Note, NoteKind};
pub use settings::{Settings, TaskSettings};
pub use tasks::{LeftOut, Task, TaskTable};
