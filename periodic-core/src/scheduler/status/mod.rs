//! The status of tasks, and its table.

mod pages;
mod status;
mod status_table;

pub use status::{RunStatus, TaskState, TaskStatus};
pub use status_table::{ColumnError, StatusTable};
