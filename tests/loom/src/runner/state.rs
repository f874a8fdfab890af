#[path = "../../../../periodic-runtime/src/runner/state/worker_pool.rs"]
#[allow(dead_code, reason = "the models need a part of it")]
mod worker_pool;

#[path = "../../../../periodic-runtime/src/runner/state/worker_slot.rs"]
mod worker_slot;

mod sync;

pub(super) use sync::Arc as Shared;
pub(super) use worker_pool::{Stays, WorkerPool};
pub(super) use worker_slot::{NeedWorker, WorkerSlot};
