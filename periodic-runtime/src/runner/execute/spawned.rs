use std::future::poll_fn;
use std::mem;
use std::sync::Arc;
use std::task::Poll;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;
use tokio::task::coop::has_budget_remaining;
use tracing::Span;

use super::code::Code;
use crate::catch_panic::catch_panic;
use crate::runner::events::log;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::QueuedRun;
use crate::runner::state::round::Round;
use crate::runner::state::shared::{At, Shared};
use crate::runner::state::state::State;
use crate::runner::state::worker_pool::{NeedWorker, WorkerSlot};

/// Makes workers come: implemented above, where the managers are whose tasks they run.
pub(super) trait Dispatch: Send + Sync {
    /// Makes one come, when nothing is locked.
    fn dispatch(self: Arc<Self>, need: NeedWorker);
}

/// One worker of the pool. Whoever owns its tokio task ends it, and with it the run that is going.
pub(in crate::runner) struct Worker {
    shared: Arc<Shared>,
    slot: Arc<WorkerSlot>,
    job: Job,
    dispatch: Arc<dyn Dispatch>,
}

/// What a worker has to do.
struct Job {
    round: Round,
    /// The run that it is to run next, which has begun.
    taken: Option<QueuedRun>,
    /// Whether it is to wait for the next call.
    is_kept: bool,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, slot: Arc<WorkerSlot>, dispatch: Arc<dyn Dispatch>) -> Self {
        let job = Job { round: Round::begin(Now::default()), taken: None, is_kept: true };
        Self { shared, slot, job, dispatch }
    }

    /// The manager of the run that it is to run next.
    pub(super) fn manager(&self) -> Option<usize> {
        self.job.taken.as_ref().map(QueuedRun::manager)
    }

    /// Reports a run's end, and waits until the next is taken. None is where the worker is not kept.
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
            self.job.round = Round::begin(self.shared.clock.now());
            self.take(None);
            if self.job.taken.is_none() {
                self.rest().await;
            }
        }
    }

    /// Gives the runtime's other tasks their turn, also where it was called already.
    async fn rest(&self) {
        let mut has_rested = !self.job.is_kept;
        poll_fn(|_| if mem::replace(&mut has_rested, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Reports the end of a run, or that the worker has come, and takes the next run: in one visit where the end has no
    /// effects. Those that it has are performed before the next run begins.
    fn take(&mut self, ended: Option<(RunId, Ended)>) {
        let Self { shared, slot, job, .. } = self;
        let (taken_back, need) = if let Some((run, ended)) = ended {
            // Each run has what tokio lets a task do before others have their turn, or nearly that.
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
            // What it holds may call a handle when it is dropped, or panic.
            let _ = catch_panic(|| drop(taken_back));
        }
        if let Some(need) = need {
            Arc::clone(&self.dispatch).dispatch(need);
        }
    }
}

impl Job {
    /// Takes the next run after another one, if that used up nothing that others of the runtime wait for.
    fn go_on(
        &mut self,
        is_fresh: bool,
        slot: &Arc<WorkerSlot>,
        state: &mut State,
        now: Now,
    ) -> (Vec<QueuedRun>, Option<NeedWorker>) {
        self.take(is_fresh && !state.workers.is_parallel(), slot, state, now)
    }

    /// Takes a run that may begin, if the worker `may` have one; else it waits. Answers the runs that are taken back, and
    /// the worker that is needed besides.
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
        // It may be a panic that drops it, and another one then would end the process.
        let lost = catch_panic(|| self.shared.visit(At::Now, |state, _| state.workers.left(&self.slot)));
        for queued in lost.unwrap_or_default() {
            self.shared.cancel(queued.handed.start.id);
            let _ = catch_panic(|| drop(queued));
        }
    }
}

/// Runs what a worker has taken, and what it takes afterwards, until that is of another manager.
pub(super) async fn run_spawned<M: PeriodicManager<Owner = ()>>(
    code: &Code<M>,
    shared: &Shared,
    worker: &mut Worker,
) {
    let manager = worker.manager();
    while let Some(queued) = worker.job.taken.as_mut().filter(|queued| Some(queued.manager()) == manager) {
        let mut span = mem::replace(&mut queued.span, Span::none());
        let mut guard = EndGuard::new(shared, queued.handed.start.id);
        log::begun(&span, queued.handed.start.lateness);
        let ended = code.run(&mut worker.job.taken, &span).await;
        guard.code_ended();
        // Here, because the worker may wait for its next run for hours.
        log::ended_run(&mut span, &ended);
        worker.after(guard.disarm(), ended).await;
    }
}
