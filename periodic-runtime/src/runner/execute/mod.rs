//! The execution of a run's code: inline, spawned, or on the pool for blocking work.

mod blocking;
mod bounded;
mod code;
pub(super) mod inline;
pub(super) mod manager;
pub(super) mod runs;
mod spawned;
mod turn;
