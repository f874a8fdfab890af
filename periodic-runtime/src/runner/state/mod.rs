//! The state that a runner, its runs and its handles share.

pub(super) mod added;
mod effects;
pub(super) mod end_guard;
pub(super) mod handed;
pub(super) mod liveness;
mod lock;
mod re_entry;
pub(super) mod recent_records;
pub(super) mod round;
pub(super) mod shared;
pub(super) mod state;
mod sync;
pub(super) mod worker_pool;
pub(super) mod worker_slot;
