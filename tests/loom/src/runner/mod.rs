//! The place where a worker waits: `periodic-runtime/src/runner/state/worker_pool.rs`.

mod state;

use std::future::poll_fn;
use std::task::Poll;

use loom::future::block_on;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use state::{NeedWorker, Stays, WorkerPool, WorkerSlot};

/// The state under the runner's lock.
struct State {
    pool: WorkerPool,
    /// The number of runs that wait.
    waiting: usize,
    /// The number of runs that have ended.
    ended: usize,
}

struct Runner {
    state: Mutex<State>,
    /// Whether the workers' tasks are aborted.
    aborted: AtomicBool,
    threads: Option<usize>,
    /// Whether each run releases its thread before it ends.
    awaits: bool,
}

impl Runner {
    fn new(threads: Option<usize>, awaits: bool) -> Arc<Self> {
        let mut pool = WorkerPool::default();
        pool.open(threads);
        let state = Mutex::new(State { pool, waiting: 0, ended: 0 });
        Arc::new(Self { state, aborted: AtomicBool::new(false), threads, awaits })
    }

    /// Makes a run ready, and wakes or spawns workers as the serving loop does: after the lock.
    fn queue(this: &Arc<Self>) -> Vec<thread::JoinHandle<()>> {
        let needed: Vec<_> = {
            let mut state = this.state.lock().unwrap();
            state.waiting += 1;
            let State { pool, waiting, .. } = &mut *state;
            std::iter::from_fn(|| pool.call(*waiting)).collect()
        };
        needed.into_iter().filter_map(|need| Self::dispatch(this, Some(need))).collect()
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

    /// Runs as a worker: waits for a call, arrives, takes runs and stays. The pool's slot keeps the waker of this one
    /// future, as that of a tokio task.
    async fn work(this: &Arc<Self>, slot: &state::Shared<WorkerSlot>) {
        while this.is_called(slot).await {
            let mut stays = this.arrive(slot);
            while matches!(stays, Ok(())) {
                if this.awaits {
                    let need = {
                        let mut state = this.state.lock().unwrap();
                        let State { pool, waiting, .. } = &mut *state;
                        pool.released();
                        pool.call(*waiting)
                    };
                    Self::dispatch(this, need);
                }
                stays = this.end(slot);
            }
            match stays {
                Err((_, Stays::No)) => return,
                Err((need, _)) => drop(Self::dispatch(this, need)),
                Ok(()) => {}
            }
        }
    }

    /// Arrives, and takes a run, or stays.
    fn arrive(&self, slot: &state::Shared<WorkerSlot>) -> Result<(), (Option<NeedWorker>, Stays)> {
        let mut state = self.state.lock().unwrap();
        state.pool.arrived(slot);
        Self::take(&mut state, slot)
    }

    fn take(state: &mut State, slot: &state::Shared<WorkerSlot>) -> Result<(), (Option<NeedWorker>, Stays)> {
        let State { pool, waiting, .. } = state;
        if let Some(need) = pool.call_ahead(slot, *waiting) {
            return Err((Some(need), Stays::Called));
        }
        if *waiting == 0 {
            return Err((None, pool.stay(slot, 0)));
        }
        *waiting -= 1;
        pool.took();
        Ok(())
    }

    /// Ends a run. On several threads the worker stays, on one it takes the next run.
    fn end(&self, slot: &state::Shared<WorkerSlot>) -> Result<(), (Option<NeedWorker>, Stays)> {
        let mut state = self.state.lock().unwrap();
        state.ended += 1;
        if !self.awaits {
            state.pool.released();
        }
        if self.threads.is_none() {
            return Self::take(&mut state, slot);
        }
        let State { pool, waiting, .. } = &mut *state;
        Err((None, pool.stay(slot, *waiting)))
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
        let (_, idle) = self.state.lock().unwrap().pool.close();
        self.aborted.store(true, Ordering::Release);
        for slot in idle {
            slot.wake();
        }
    }
}

/// Two runs come one after the other, while the worker of the first arrives, takes it and stays. Each runs: no call is
/// lost between a worker that parks and the caller that wakes it.
pub fn no_call_is_lost(threads: Option<usize>, awaits: bool) {
    let runner = Runner::new(threads, awaits);
    let workers = [Runner::queue(&runner), Runner::queue(&runner)];
    // The runs end before the stop, as a worker that was called arrives.
    while runner.state.lock().unwrap().ended < 2 {
        thread::yield_now();
    }
    runner.close();
    workers.into_iter().flatten().for_each(|worker| worker.join().unwrap());
}
