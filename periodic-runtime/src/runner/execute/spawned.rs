use std::future::poll_fn;
use std::mem;
use std::sync::Arc;
use std::task::Poll;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;
use tokio::task::coop::has_budget_remaining;

use super::code::Code;
use crate::catch_panic::catch_panic;
use crate::runner::events::span;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::QueuedRun;
use crate::runner::state::round::Round;
use crate::runner::state::shared::{At, Shared};
use crate::runner::state::state::State;
use crate::runner::state::worker_pool::{NeedWorker, WorkerSlot};

/// A source of workers, implemented in `runs.rs`, which has the managers.
pub(super) trait Dispatch: Send + Sync {
    /// Wakes or spawns a worker. No lock may be held.
    fn dispatch(self: Arc<Self>, need: NeedWorker);
}

/// One worker of the pool. The owner of its tokio task ends it, and with it the active run.
pub(in crate::runner) struct Worker {
    shared: Arc<Shared>,
    slot: Arc<WorkerSlot>,
    job: Job,
    dispatch: Arc<dyn Dispatch>,
}

/// The work of a worker.
struct Job {
    round: Round,
    /// The next run, which has begun.
    taken: Option<QueuedRun>,
    /// Whether it waits for the next call.
    is_kept: bool,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, slot: Arc<WorkerSlot>, dispatch: Arc<dyn Dispatch>) -> Self {
        let job = Job { round: Round::begin(Now::default()), taken: None, is_kept: true };
        Self { shared, slot, job, dispatch }
    }

    /// Returns the manager of the next run.
    pub(super) fn manager(&self) -> Option<usize> {
        self.job.taken.as_ref().map(QueuedRun::manager)
    }

    /// Reports a run's end, and waits until the next is taken. None is taken if the worker is not kept.
    async fn after(&mut self, run: RunId, ended: Ended) {
        self.take(Some((run, ended)));
        if self.job.taken.is_none() {
            self.rest().await;
            self.come().await;
        }
    }

    /// Waits for a call, and a run.
    pub(super) async fn come(&mut self) {
        while self.job.taken.is_none() && self.job.is_kept {
            poll_fn(|cx| if self.slot.is_called(cx.waker()) { Poll::Ready(()) } else { Poll::Pending }).await;
            self.job.round = Round::begin(self.shared.now());
            self.take(None);
            if self.job.taken.is_none() {
                self.rest().await;
            }
        }
    }

    /// Gives the runtime's other tasks their turn, even if it was called already.
    async fn rest(&self) {
        let mut has_rested = !self.job.is_kept;
        poll_fn(|_| if mem::replace(&mut has_rested, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Reports the end of a run, or that the worker has arrived, and takes the next run: in one visit if the end has
    /// no effects. Otherwise its effects are performed before the next run begins.
    fn take(&mut self, ended: Option<(RunId, Ended)>) {
        let Self { shared, slot, job, .. } = self;
        let (taken_back, need) = if let Some((run, ended)) = ended {
            // Each run has (nearly) the whole budget that tokio gives a task before others have their turn.
            let is_fresh = has_budget_remaining();
            let now = shared.now_after(job.round.read);
            let taken = shared.visit(At::Read(now), |state, now| {
                state.end(run, ended, now);
                (!state.has_effects(now)).then(|| job.go_on(is_fresh, slot, state, now))
            });
            taken.unwrap_or_else(|| {
                let now = shared.now_after(job.round.read);
                shared.visit(At::Read(now), |state, now| job.go_on(is_fresh, slot, state, now))
            })
        } else {
            shared.visit(At::Read(job.round.read), |state, now| {
                state.workers.arrived(slot);
                job.take(true, slot, state, now)
            })
        };
        if !taken_back.is_empty() {
            // Values that it holds may call a handle when they are dropped, or panic.
            let _ = catch_panic(|| drop(taken_back));
        }
        if let Some(need) = need {
            Arc::clone(&self.dispatch).dispatch(need);
        }
    }
}

impl Job {
    /// Takes the next run after another one, if that left some of tokio's budget and the runtime has one thread.
    fn go_on(
        &mut self,
        is_fresh: bool,
        slot: &Arc<WorkerSlot>,
        state: &mut State,
        now: Now,
    ) -> (Vec<QueuedRun>, Option<NeedWorker>) {
        self.take(is_fresh && !state.workers.is_parallel(), slot, state, now)
    }

    /// Takes a run that may begin, if the worker `may` have one; otherwise the worker waits. Returns the runs that are
    /// taken back, and a further worker that is needed.
    fn take(
        &mut self,
        may: bool,
        slot: &Arc<WorkerSlot>,
        state: &mut State,
        now: Now,
    ) -> (Vec<QueuedRun>, Option<NeedWorker>) {
        let mut taken_back = Vec::new();
        while may && let Some(queued) = state.take_queued(&mut self.round, now) {
            let queued = self.taken.insert(queued);
            if state.begin(&mut queued.handed.start, now) {
                break;
            }
            taken_back.extend(self.taken.take());
        }
        if self.taken.is_none() {
            self.is_kept = state.workers.park(slot);
        }
        (taken_back, state.workers.call())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A panic may drop it, and a second one would end the process.
        let lost = catch_panic(|| self.shared.visit(At::Now, |state, _| state.workers.left(&self.slot)));
        for queued in lost.unwrap_or_default() {
            self.shared.cancel(queued.handed.start.id);
            let _ = catch_panic(|| drop(queued));
        }
    }
}

/// Runs the run that a worker has taken, and the next ones, until one is of another manager.
pub(super) async fn run_spawned<M: PeriodicManager<Owner = ()>>(
    code: &Code<M>,
    shared: &Shared,
    worker: &mut Worker,
) {
    let manager = worker.manager();
    while let Some(queued) = worker.job.taken.as_ref().filter(|queued| Some(queued.manager()) == manager) {
        let mut guard = EndGuard::new(shared, queued.handed.start.id);
        let mut span = span::begin(&queued.handed.start, shared.run_spans);
        let ended = code.run(&mut worker.job.taken, &span).await;
        guard.code_ended();
        // Here, because the worker may wait for its next run for hours.
        span::end(&mut span, &ended);
        worker.after(guard.disarm(), ended).await;
    }
}
