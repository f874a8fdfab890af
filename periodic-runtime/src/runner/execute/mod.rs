//! How a run's code is run: inline, spawned, or on the pool for blocking work.

pub(super) mod blocking;
pub(super) mod code;
pub(super) mod inline;
pub(super) mod manager;
pub(super) mod runs;
pub(super) mod spawned;
