//! The service around the tasks, under tokio's paused time: its order, its steps that fail or hang, its heartbeat, the
//! fuzzy delay, and runs that hang.

mod endpoints;
mod failing;
mod fuzzy;
mod hanging;
mod heartbeat;
mod idle;
mod order;
mod payloads;
mod reload;
pub(crate) mod scene;
