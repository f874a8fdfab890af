use std::sync::Arc;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::JoinHandle;

use super::blocking::BlockingRun;
use super::manager::Managers;
use super::spawned::{Dispatch, Worker};
use super::turn::give_turn;
use crate::catch_panic::catch_panic;
use crate::runner::state::shared::{At, Shared};
use crate::runner::state::worker_slot::NeedWorker;

/// The active runs outside the serving loop, and their workers. Dropping it ends the async ones.
pub(in crate::runner) struct Runs {
    dispatcher: Arc<Dispatcher>,
    /// The tasks of blocking runs and of their timeouts; at the end also those of the workers.
    tasks: Vec<JoinHandle<()>>,
    /// Whether the runtime has several threads.
    parallel: bool,
}

impl Runs {
    pub(in crate::runner) fn new(shared: Arc<Shared>, managers: Arc<Managers>) -> Self {
        Self { dispatcher: Arc::new(Dispatcher { shared, managers }), tasks: Vec::new(), parallel: true }
    }

    /// Prepares the pool. Must be called on the runtime of the runs.
    pub(in crate::runner) fn begin(&mut self) {
        self.parallel = is_parallel();
        let threads = self.parallel.then(|| Handle::current().metrics().num_workers());
        self.dispatcher.shared.visit(At::Now, |state, _| state.workers.open(threads));
    }

    /// Gives the runtime's other tasks their turn.
    pub(in crate::runner) async fn yield_now(&self) {
        give_turn(self.parallel).await;
    }

    /// Owns a blocking run.
    pub(in crate::runner) fn own(&mut self, (work, watch): BlockingRun) {
        self.tasks.push(work);
        self.tasks.extend(watch);
    }

    /// Wakes or spawns the needed workers, once no lock is held.
    pub(in crate::runner) fn dispatch(&self, needed: &mut Vec<NeedWorker>) {
        for need in needed.drain(..) {
            Arc::clone(&self.dispatcher).dispatch(need);
        }
    }

    /// Drops the ended ones, once they are more than the `running` others: so each is visited twice, not in each
    /// round.
    pub(in crate::runner) fn reap(&mut self, running: usize) {
        if self.tasks.len() >= 64 + 2 * running {
            self.tasks.retain(|task| !task.is_finished());
        }
    }

    /// Ends all runs, and waits until they have ended.
    pub(in crate::runner) async fn abort_all(&mut self) {
        self.abort_now();
        for task in self.tasks.drain(..) {
            // Its end is reported in any case. A panic's payload may panic when it is dropped.
            let ended = task.await;
            let _ = catch_panic(|| drop(ended));
        }
    }

    fn abort_now(&mut self) {
        let (workers, idle) = self.dispatcher.shared.visit(At::Now, |state, _| state.workers.close());
        // A waker holds its worker.
        drop(idle);
        self.tasks.extend(workers);
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        self.abort_now();
    }
}

/// Whether the runtime has threads of its own.
fn is_parallel() -> bool {
    Handle::current().runtime_flavor() != RuntimeFlavor::CurrentThread
}

/// The context of the workers.
struct Dispatcher {
    shared: Arc<Shared>,
    managers: Arc<Managers>,
}

impl Dispatch for Dispatcher {
    fn dispatch(self: Arc<Self>, need: NeedWorker) {
        match need {
            NeedWorker::Wake(worker_slot) => worker_slot.wake(),
            NeedWorker::Spawn(worker_slot) => {
                let shared = Arc::clone(&self.shared);
                let dispatch: Arc<dyn Dispatch> = Arc::clone(&self) as _;
                let worker = Worker::new(Arc::clone(&shared), worker_slot, dispatch, is_parallel());
                let task = tokio::spawn(self.work(worker));
                // Most of them have ended; for those this does nothing.
                let let_go = shared.visit(At::Now, |state, _| state.workers.own(task));
                let_go.iter().for_each(JoinHandle::abort);
            }
        }
    }
}

impl Dispatcher {
    /// Runs waiting runs, whenever the worker is called, until it is not kept.
    async fn work(self: Arc<Self>, mut worker: Worker) {
        worker.come().await;
        while let Some(manager) = worker.manager() {
            self.managers[manager].run_spawned(&self.shared, &mut worker).await;
        }
    }
}
