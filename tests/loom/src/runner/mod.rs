//! The place where a worker waits: `periodic-runtime/src/runner/state/worker_pool.rs`.

mod state;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::Poll;

use loom::future::block_on;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use state::{NeedWorker, QueuedRun, WorkerPool, WorkerSlot};

struct Runner {
    /// The state under the runner's lock: the pool, and the number of runs that have run.
    state: Mutex<(WorkerPool, u32)>,
    /// Whether the workers' tasks are aborted.
    aborted: AtomicBool,
}

impl Runner {
    fn new(parallel: bool) -> Arc<Self> {
        let mut pool = WorkerPool::default();
        pool.open(parallel);
        Arc::new(Self { state: Mutex::new((pool, 0)), aborted: AtomicBool::new(false) })
    }

    /// Queues a run, and wakes or spawns a worker as the serving loop does: after the lock.
    fn queue(this: &Arc<Self>) -> Option<thread::JoinHandle<()>> {
        let need = {
            let mut state = this.state.lock().unwrap();
            state.0.queue(&mut VecDeque::from([QueuedRun]));
            state.0.call()
        };
        Self::dispatch(this, need)
    }

    fn dispatch(this: &Arc<Self>, need: Option<NeedWorker>) -> Option<thread::JoinHandle<()>> {
        match need? {
            NeedWorker::Wake(slot) => {
                slot.wake();
                None
            }
            NeedWorker::Spawn(slot) => {
                let runner = Arc::clone(this);
                Some(thread::spawn(move || block_on(Self::work(&runner, &slot))))
            }
        }
    }

    /// Runs as a worker: waits for a call, arrives, takes runs and parks. The pool's slot keeps the waker of this one
    /// future, as that of a tokio task.
    async fn work(this: &Arc<Self>, slot: &state::Shared<WorkerSlot>) {
        while this.is_called(slot).await {
            let mut arrives = true;
            loop {
                let mut state = this.state.lock().unwrap();
                let (pool, runs) = &mut *state;
                if arrives {
                    pool.arrived(slot);
                }
                // On several threads it runs one run for each call.
                let may = arrives || !pool.is_parallel();
                let runs_one = may && pool.take().is_some();
                *runs += u32::from(runs_one);
                let is_kept = runs_one || pool.park(slot);
                let need = pool.call();
                drop(state);
                Self::dispatch(this, need);
                if !is_kept {
                    return;
                }
                if !runs_one {
                    break;
                }
                arrives = false;
            }
        }
    }

    /// Waits for a call; returns false if the worker is aborted first.
    async fn is_called(&self, slot: &WorkerSlot) -> bool {
        poll_fn(|cx| {
            if slot.is_called(cx.waker()) {
                Poll::Ready(true)
            } else if self.aborted.load(Ordering::Acquire) {
                Poll::Ready(false)
            } else {
                Poll::Pending
            }
        })
        .await
    }

    /// Closes the pool, and ends the workers that wait for a call.
    fn close(&self) {
        let (_, idle, _) = self.state.lock().unwrap().0.close();
        self.aborted.store(true, Ordering::Release);
        for slot in idle {
            slot.wake();
        }
    }
}

/// Two runs come one after the other, while the worker of the first arrives, takes it and parks. Each runs: no call is
/// lost between a worker that parks and the caller that wakes it.
pub fn no_call_is_lost(parallel: bool) {
    let runner = Runner::new(parallel);
    let workers = [Runner::queue(&runner), Runner::queue(&runner)];
    // The runs end before the stop, as a worker that was called arrives.
    while runner.state.lock().unwrap().1 < 2 {
        thread::yield_now();
    }
    runner.close();
    workers.into_iter().flatten().for_each(|worker| worker.join().unwrap());
}
