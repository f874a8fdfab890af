//! How a run's code is run: inline, spawned, or on the pool for blocking work.

mod blocking;
mod bounded;
mod code;
pub(super) mod inline;
pub(super) mod manager;
pub(super) mod runs;
mod spawned;
