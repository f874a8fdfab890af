use std::future::poll_fn;
use std::mem;
use std::sync::Arc;
use std::task::Poll;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;
use tokio::task::JoinHandle;
use tokio::task::coop::has_budget_remaining;
use tracing::Span;

use super::code::Code;
use super::manager::Part;
use crate::caught::catch_panic;
use crate::runner::events::log;
use crate::runner::state::end_guard::Report;
use crate::runner::state::handed::Launch;
use crate::runner::state::round::Batch;
use crate::runner::state::shared::Shared;
use crate::runner::state::worker_pool::{Call, Seat};

/// One worker of the crew. Whoever owns its tokio task ends it, and with it the run that is going.
pub(in crate::runner) struct Worker {
    shared: Arc<Shared>,
    parts: Arc<[Box<dyn Part>]>,
    seat: Arc<Seat>,
    batch: Batch,
    /// The run that it is to run next, which has begun.
    pub(in crate::runner) taken: Option<Launch>,
    /// Whether it is to wait for the next call.
    is_kept: bool,
}

/// Makes a worker come.
pub(in crate::runner) fn obey(call: Call, shared: &Arc<Shared>, parts: &Arc<[Box<dyn Part>]>) {
    match call {
        Call::Wake(seat) => seat.wake(),
        Call::Spawn(seat) => {
            let worker = Worker {
                shared: Arc::clone(shared),
                parts: Arc::clone(parts),
                seat,
                batch: Batch::begin(Now::default()),
                taken: None,
                is_kept: true,
            };
            let task = tokio::spawn(worker.work());
            // To most of those, which have ended, this does nothing.
            let let_go = shared.lock().crew.adopt(task);
            let_go.iter().for_each(JoinHandle::abort);
        }
    }
}

impl Worker {
    /// Runs what waits, whenever it is called, until it is not kept.
    async fn work(mut self) {
        let (shared, parts) = (Arc::clone(&self.shared), Arc::clone(&self.parts));
        self.come().await;
        while let Some(launch) = &self.taken {
            parts[launch.part()].work(&shared, &mut self).await;
        }
    }

    /// Reports a run's end, and waits until the next is taken. None is where the worker is not kept.
    pub(in crate::runner) async fn after(&mut self, report: Report<&Shared>, ended: Ended) {
        self.take(Some((report.told(), ended)));
        if self.taken.is_none() {
            self.rest().await;
            self.come().await;
        }
    }

    /// Waits for a call, and a run.
    async fn come(&mut self) {
        while self.taken.is_none() && self.is_kept {
            poll_fn(|cx| if self.seat.is_called(cx.waker()) { Poll::Ready(()) } else { Poll::Pending }).await;
            self.batch = Batch::begin(self.shared.clock.now());
            self.take(None);
            if self.taken.is_none() {
                self.rest().await;
            }
        }
    }

    /// Gives the runtime's other tasks their turn, also where it was called already.
    async fn rest(&self) {
        let mut has_rested = !self.is_kept;
        poll_fn(|_| if mem::replace(&mut has_rested, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Reports the end of a run, or that the worker has come, and takes the next run, in one visit to the scheduler where
    /// of the end nothing is told.
    fn take(&mut self, ended: Option<(RunId, Ended)>) {
        let shared = &*self.shared;
        let (told, taken_back, call) = {
            let goes_on = ended.is_some();
            // Each run has what tokio lets a task do before others have their turn, or nearly that.
            let is_fresh = !goes_on || has_budget_remaining();
            let mut now = if goes_on { shared.now_after(self.batch.read) } else { self.batch.read };
            let mut state = shared.lock();
            if let Some((run, ended)) = ended {
                let wakes = state.finished(run, ended, now);
                let told = state.told();
                if wakes || told.is_some() {
                    drop(state);
                    if wakes {
                        shared.wake.notify_one();
                    }
                    shared.tell(told);
                    now = shared.now_after(self.batch.read);
                    state = shared.lock();
                }
            } else {
                state.crew.came(&self.seat);
            }
            let mut taken_back = Vec::new();
            while is_fresh && let Some(launch) = state.take_launch(&mut self.batch, goes_on, now) {
                let launch = self.taken.insert(launch);
                if state.begin(&mut launch.handed.start, now) {
                    break;
                }
                taken_back.extend(self.taken.take());
            }
            if self.taken.is_none() {
                self.is_kept = state.crew.rest(&self.seat);
            }
            (state.told(), taken_back, state.crew.call())
        };
        if !taken_back.is_empty() {
            // What it holds may call a handle when it is dropped, or panic.
            let _ = catch_panic(|| drop(taken_back));
        }
        if let Some(call) = call {
            obey(call, &self.shared, &self.parts);
        }
        shared.tell(told);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let lost = self.shared.lock().crew.gone(&self.seat);
        for launch in lost {
            drop(Report::new(&*self.shared, launch.handed.start.id));
            let _ = catch_panic(|| drop(launch));
        }
        // With the last worker the managers may go, which are the user's.
        let parts = mem::replace(&mut self.parts, Arc::new([]));
        let _ = catch_panic(|| drop(parts));
    }
}

/// Runs what a worker has taken, and what it takes afterwards, until that is of another manager.
pub(super) async fn run_spawned<M: PeriodicManager<Owner = ()>>(
    code: &Code<M>,
    shared: &Shared,
    worker: &mut Worker,
) {
    let part = worker.taken.as_ref().map(Launch::part);
    while let Some(launch) = worker.taken.as_mut().filter(|launch| Some(launch.part()) == part) {
        let mut span = mem::replace(&mut launch.span, Span::none());
        let report = Report::new(shared, launch.handed.start.id);
        log::begun(&span, launch.handed.start.lateness);
        let ended = code.run(&mut worker.taken, &span).await;
        // Here, because the worker may wait for its next run for hours.
        log::ended_run(&mut span, &ended);
        worker.after(report, ended).await;
    }
}
