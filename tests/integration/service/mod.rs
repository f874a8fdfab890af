//! The service around the tasks, under tokio's paused time: its order, what it does when a step fails or hangs, its
//! heartbeat, the fuzzy delay, and runs that hang.

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
