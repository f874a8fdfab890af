//! The queues: the times at which rows must be visited, and the runs that wait for their start.

mod ready_queue;
mod row_set;
mod wake_queue;
mod wheel;

pub use ready_queue::Starter;
pub(crate) use ready_queue::{Queued, ReadyQueue};
pub(crate) use row_set::RowSet;
pub(crate) use wake_queue::WakeQueue;
