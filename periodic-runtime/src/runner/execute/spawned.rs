use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::{Instant, Now};
use tokio::task::coop::has_budget_remaining;

use super::code::Code;
use super::turn::give_turn;
use crate::catch_panic::catch_panic;
use crate::runner::events::span;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::TakenRun;
use crate::runner::state::round::Round;
use crate::runner::state::shared::{At, Shared};
use crate::runner::state::state::State;
use crate::runner::state::worker_pool::Stays;
use crate::runner::state::worker_slot::{NeedWorker, WorkerSlot};

/// The longest time for which a worker waits for its next turn on a runtime that is not busy.
const SOON: Duration = Duration::from_millis(1);

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
    /// Whether the runtime has threads of its own.
    parallel: bool,
}

/// The work of a worker.
struct Job {
    round: Round,
    /// The next run, which has begun.
    taken: Option<TakenRun>,
    /// Its next step, if none is taken.
    stays: Stays,
    /// When that was decided.
    since: Instant,
    /// Whether it has a run that has neither ended nor released its thread.
    is_active: bool,
}

impl Worker {
    pub(super) fn new(
        shared: Arc<Shared>,
        slot: Arc<WorkerSlot>,
        dispatch: Arc<dyn Dispatch>,
        parallel: bool,
    ) -> Self {
        let round = Round::begin(Now::default());
        let job = Job { round, taken: None, stays: Stays::Idle, since: Instant::ZERO, is_active: false };
        Self { shared, slot, job, dispatch, parallel }
    }

    /// Returns the manager of the next run.
    pub(super) fn manager(&self) -> Option<usize> {
        self.job.taken.as_ref().map(TakenRun::manager)
    }

    /// Waits for a call, and a run. None is taken if the worker is not kept.
    pub(super) async fn come(&mut self) {
        while self.job.taken.is_none() && !matches!(self.job.stays, Stays::No) {
            poll_fn(|cx| if self.slot.is_called(cx.waker()) { Poll::Ready(()) } else { Poll::Pending }).await;
            self.arrive();
            self.rest().await;
        }
    }

    /// Gives the runtime's other tasks their turn if no run is taken, even if it was called already.
    async fn rest(&self) {
        match self.job.stays {
            _ if self.job.taken.is_some() => {}
            Stays::Called => give_turn(self.parallel).await,
            Stays::Idle => {
                let mut has_rested = false;
                poll_fn(
                    |_| if mem::replace(&mut has_rested, true) { Poll::Ready(()) } else { Poll::Pending },
                )
                .await;
            }
            Stays::No => {}
        }
    }

    /// Reports that the worker has arrived, and takes a run.
    fn arrive(&mut self) {
        let Self { shared, slot, job, .. } = self;
        let now = shared.now_after(job.round.read);
        job.round.begin_again(now);
        let is_late = matches!(job.stays, Stays::Called) && now.boot - job.since > SOON;
        let need = shared.visit(At::Read(now), |state, now| {
            state.workers.arrived(slot);
            if is_late {
                state.workers.came_late();
            }
            job.take(slot, state, now)
        });
        self.dispatch(need);
    }

    /// Reports the end of a run, and takes the next run if it may go on at once: in one visit if the end has no
    /// effects. Otherwise its effects are performed before the next run begins.
    fn end(&mut self, run: RunId, ended: Ended) {
        let Self { shared, slot, job, .. } = self;
        // Each run has (nearly) the whole budget that tokio gives a task before others have their turn.
        let is_fresh = has_budget_remaining();
        let now = shared.now_after(job.round.read);
        let need = shared.visit(At::Read(now), |state, now| {
            state.end(run, ended, now);
            (!state.has_effects(now)).then(|| job.go_on(is_fresh, slot, state, now))
        });
        let need = need.unwrap_or_else(|| {
            let now = shared.now_after(job.round.read);
            shared.visit(At::Read(now), |state, now| job.go_on(is_fresh, slot, state, now))
        });
        self.dispatch(need);
    }

    fn dispatch(&self, need: Option<NeedWorker>) {
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
    ) -> Option<NeedWorker> {
        if mem::take(&mut self.is_active) {
            state.workers.released();
        }
        if is_fresh && !state.workers.is_parallel() {
            return self.take(slot, state, now);
        }
        (self.stays, self.since) = (state.stay(slot), now.boot);
        None
    }

    /// Takes the next run; returns a further worker that is needed.
    fn take(&mut self, slot: &Arc<WorkerSlot>, state: &mut State, now: Now) -> Option<NeedWorker> {
        let (taken, need) = state.take(slot, &mut self.round, now);
        match taken {
            Ok(taken) => (self.taken, self.is_active) = (Some(taken), true),
            Err(stays) => (self.stays, self.since) = (stays, now.boot),
        }
        need
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A panic may drop it, and a second one would end the process.
        let _ = catch_panic(|| self.shared.worker_left(&self.slot, self.job.is_active));
    }
}

/// Runs the run that a worker has taken, and the next ones, until one is of another manager.
pub(super) async fn run_spawned<M: PeriodicManager<Owner = ()>>(
    code: &Code<M>,
    shared: &Shared,
    worker: &mut Worker,
) {
    let manager = worker.manager();
    while worker.manager() == manager
        && let Some(taken) = &worker.job.taken
    {
        let mut guard = EndGuard::new(shared, taken.handed.start.id);
        let mut span = span::begin(&taken.handed.start, shared.run_spans);
        let ended = {
            let Worker { job: Job { taken, is_active, .. }, dispatch, .. } = &mut *worker;
            let mut run = pin!(code.run(taken, &span));
            poll_fn(|cx| {
                let polled = run.as_mut().poll(cx);
                // Another worker takes the place of this one, whose run does not end at once.
                if polled.is_pending()
                    && mem::take(is_active)
                    && let Some(need) = shared.call_in_place()
                {
                    Arc::clone(dispatch).dispatch(need);
                }
                polled
            })
            .await
        };
        guard.code_ended();
        // Here, because the worker may wait for its next run for hours.
        span::end(&mut span, &ended);
        worker.end(guard.disarm(), ended);
        worker.rest().await;
        worker.come().await;
    }
}
