//! The table of a service: every task of its manager, with its full name and the settings applied.

mod collector;
mod effective;
mod error;
mod tasks;

pub use crate::settings::{Settings, TaskSettings};
pub use collector::Collector;
pub use error::{TableError, TableProblem, Warning};
pub use tasks::{LeftOut, Task, TaskTable};
