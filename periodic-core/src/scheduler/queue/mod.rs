//! The queues of rows: when each wants to be looked at, which are due, and which runs wait for their start.

mod ready_queue;
mod row_set;
mod wake_queue;
mod wheel;

pub(crate) use ready_queue::ReadyQueue;
pub(crate) use row_set::Numbers;
pub(crate) use wake_queue::WakeQueue;
