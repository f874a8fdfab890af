use std::task::Waker;

use super::sync::{Arc, AtomicBool, OnceLock, Ordering};

/// The place where a worker waits.
#[derive(Default)]
pub(in crate::runner) struct WorkerSlot {
    pub(super) called: AtomicBool,
    /// The worker's waker: a tokio task has only one.
    waker: OnceLock<Waker>,
}

impl WorkerSlot {
    /// Whether its worker was called and has not arrived. If not, a call will wake it.
    pub(in crate::runner) fn is_called(&self, waker: &Waker) -> bool {
        self.waker.get_or_init(|| waker.clone());
        self.called.load(Ordering::Acquire)
    }

    pub(in crate::runner) fn wake(&self) {
        if let Some(waker) = self.waker.get() {
            waker.wake_by_ref();
        }
    }
}

/// A worker that runs wait for. It is woken or spawned once the lock is free.
pub(in crate::runner) enum NeedWorker {
    Wake(Arc<WorkerSlot>),
    Spawn(Arc<WorkerSlot>),
}
