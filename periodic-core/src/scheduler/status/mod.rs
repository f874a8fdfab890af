//! What there is to know of tasks.

mod status;
mod status_table;

pub use status::{Going, TaskState, TaskStatus};
pub use status_table::{ColumnError, StatusTable};
