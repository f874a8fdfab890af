#[path = "../../../../periodic-runtime/src/runner/state/worker_pool.rs"]
#[allow(dead_code, reason = "the models need a part of it")]
mod worker_pool;

mod sync;

/// The runs, of which the pool knows nothing.
mod handed {
    #[derive(Debug)]
    pub(in crate::runner) struct QueuedRun;
}

pub(super) use handed::QueuedRun;
pub(super) use sync::Arc as Shared;
pub(super) use worker_pool::{NeedWorker, WorkerPool, WorkerSlot};
