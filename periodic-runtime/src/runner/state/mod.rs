//! What a runner, its runs and its handles share.

pub(super) mod added;
pub(super) mod end_guard;
pub(super) mod liveness;
pub(super) mod recent_records;
pub(super) mod round;
pub(super) mod shared;
pub(super) mod worker_pool;
