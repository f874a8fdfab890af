use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::sync::Arc;
use std::task::Poll;

use periodic_core::scheduler::RunId;
use periodic_core::task::Overlap;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::blocking::BlockingRun;
use super::manager::Managers;
use super::spawned::{Dispatch, Worker};
use crate::catch_panic::catch_panic;
use crate::runner::state::handed::QueuedRun;
use crate::runner::state::shared::{At, Shared};
use crate::runner::state::worker_pool::{NeedWorker, WorkerPool};

/// The active runs outside the serving loop, and their workers. Dropping it ends the async ones.
pub(in crate::runner) struct Runs {
    dispatcher: Arc<Dispatcher>,
    /// The tasks of blocking runs and of their timeouts; at the end also those of the workers.
    tasks: Vec<JoinHandle<()>>,
    /// The runs that a newer slot may replace.
    replaceable: Vec<(RunId, Arc<Notify>)>,
    /// The workers to wake or spawn once no lock is held.
    needed: Vec<NeedWorker>,
    /// Whether the runtime has several threads.
    parallel: bool,
}

impl Runs {
    pub(in crate::runner) fn new(shared: Arc<Shared>, managers: Arc<Managers>) -> Self {
        let (tasks, replaceable, needed) = Default::default();
        let dispatcher = Arc::new(Dispatcher { shared, managers });
        Self { dispatcher, tasks, replaceable, needed, parallel: true }
    }

    /// Prepares the pool. Must be called on the runtime of the runs.
    pub(in crate::runner) fn begin(&mut self) {
        self.parallel = Handle::current().runtime_flavor() != RuntimeFlavor::CurrentThread;
        let parallel = self.parallel;
        self.dispatcher.shared.visit(At::Now, |state, _| state.workers.open(parallel));
    }

    /// Gives the runtime's other tasks their turn.
    pub(in crate::runner) async fn yield_now(&self) {
        if !self.parallel {
            return tokio::task::yield_now().await;
        }
        // A task that yields to tokio waits for the thread that it was on, which a run may block. A task that wakes
        // itself may continue on any other.
        let mut has_yielded = false;
        poll_fn(|cx| {
            if mem::replace(&mut has_yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Owns a blocking run.
    pub(in crate::runner) fn own(&mut self, (work, watch): BlockingRun) {
        self.tasks.push(work);
        self.tasks.extend(watch);
    }

    /// Prepares runs for their workers.
    pub(in crate::runner) fn prepare(&mut self, spawned: &mut VecDeque<QueuedRun>) {
        for queued in spawned {
            let start = &queued.handed.start;
            if start.task.spec().overlap == Some(Overlap::Replace) {
                let replaced = queued.replaced.insert(Arc::new(Notify::new()));
                self.replaceable.push((start.id, Arc::clone(replaced)));
            }
        }
    }

    /// Queues the prepared runs for the workers.
    pub(in crate::runner) fn queue(&mut self, spawned: &mut VecDeque<QueuedRun>, pool: &mut WorkerPool) {
        pool.queue(spawned);
        self.needed.extend(std::iter::from_fn(|| pool.call()));
    }

    /// Queues the prepared runs for the workers before a run blocks the serving loop.
    pub(in crate::runner) fn queue_now(&mut self, spawned: &mut VecDeque<QueuedRun>) {
        if !spawned.is_empty() {
            let dispatcher = Arc::clone(&self.dispatcher);
            dispatcher.shared.visit(At::Now, |state, _| self.queue(spawned, &mut state.workers));
            self.dispatch();
        }
    }

    /// Wakes or spawns the needed workers, once no lock is held.
    pub(in crate::runner) fn dispatch(&mut self) {
        for need in self.needed.drain(..) {
            Arc::clone(&self.dispatcher).dispatch(need);
        }
    }

    /// Drops the ended ones, once they are more than the `running` others: so each is visited twice, not in each
    /// round.
    pub(in crate::runner) fn reap(&mut self, running: usize) {
        let many = 64 + 2 * running;
        if self.tasks.len() >= many {
            self.tasks.retain(|task| !task.is_finished());
        }
        if self.replaceable.len() >= many {
            self.replaceable.retain(|(_, replaced)| Arc::strong_count(replaced) > 1);
        }
    }

    /// Ends a run that a newer slot replaces.
    pub(in crate::runner) fn abort(&mut self, id: RunId) {
        if let Some(place) = self.replaceable.iter().position(|(run, _)| *run == id) {
            self.replaceable.swap_remove(place).1.notify_one();
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
        let (workers, idle, waiting) =
            self.dispatcher.shared.visit(At::Now, |state, _| state.workers.close());
        // A waker holds its worker, and a waiting run may hold a handle, or panic.
        for queued in waiting {
            let _ = catch_panic(|| drop(queued));
        }
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
                let worker = Worker::new(Arc::clone(&shared), worker_slot, Arc::clone(&self) as _);
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
