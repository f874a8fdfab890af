use std::convert::Infallible;
use std::mem;
use std::sync::Arc;

use periodic_core::PeriodicManager;
use periodic_core::table::TableBuilder;
use periodic_core::task::Outcome;
use periodic_core::time::Now;
use tokio::sync::oneshot;
use tracing::Span;

use super::code::Attempt;
use super::inline::Turn;
use super::manager::{Managed, Part};
use super::runs::Runs;
use super::spawned::Worker;
use crate::boxed::Boxed;
use crate::runner::events::log;
use crate::runner::state::end_guard::Report;
use crate::runner::state::handed::Handed;
use crate::runner::state::handed::Launch;
use crate::runner::state::round::Next;
use crate::runner::state::shared::Shared;

impl<M: PeriodicManager<Owner = ()>> Part for Managed<M> {
    fn collect(&self, table: TableBuilder) -> TableBuilder {
        table.manager(&*self.code.manager)
    }

    fn lane<'a>(&'a self, shared: &'a Shared, turn: &'a Turn) -> Boxed<'a, Infallible> {
        Box::pin(self.run_inline(shared, turn))
    }

    fn work<'a>(&'a self, shared: &'a Shared, worker: &'a mut Worker) -> Boxed<'a, ()> {
        Box::pin(self.run_spawned(shared, worker))
    }

    fn launch(&self, shared: &Arc<Shared>, handed: Handed, read: Now, runs: &mut Runs) {
        let report = Report::new(Arc::clone(shared), handed.start.id);
        let span = log::span(&handed.start);
        launch_blocking(
            Attempt { code: Arc::clone(&self.code), handed, report, read, span },
            Arc::clone(shared),
            runs,
        );
    }
}

impl<M: PeriodicManager<Owner = ()>> Managed<M> {
    async fn run_spawned(&self, shared: &Shared, worker: &mut Worker) {
        let part = worker.taken.as_ref().map(Launch::part);
        while let Some(launch) = worker.taken.as_mut().filter(|launch| Some(launch.part()) == part) {
            let mut span = mem::replace(&mut launch.span, Span::none());
            let report = Report::new(shared, launch.handed.start.id);
            log::begun(&span, launch.handed.start.lateness);
            let ended = self.code.run(&mut worker.taken, &span).await;
            // Here, because the worker may wait for its next run for hours.
            log::ended_run(&mut span, &ended);
            worker.after(report, ended).await;
        }
    }

    async fn run_inline(&self, shared: &Shared, turn: &Turn) -> Infallible {
        loop {
            let (mut handed, mut batch) = turn.given().await;
            let part = handed.part();
            let next = loop {
                let report = Report::new(shared, handed.start.id);
                let mut span = log::span(&handed.start);
                log::begun(&span, handed.start.lateness);
                let ended = self.code.run_inline(handed, &span).await;
                log::ended_run(&mut span, &ended);
                match report.tell_and_go_on(ended, &mut batch) {
                    Next::Run(next)
                        if next.is_inline() && next.part() == part && batch.spawned.is_empty() =>
                    {
                        handed = next;
                    }
                    next => break next,
                }
            };
            turn.give_back(next, batch);
        }
    }
}

fn launch_blocking<M: PeriodicManager<Owner = ()>>(
    attempt: Attempt<M>,
    shared: Arc<Shared>,
    runs: &mut Runs,
) {
    let (id, timeout) = (attempt.handed.start.id, attempt.handed.start.task.spec().timeout);
    let (at_end, end) = oneshot::channel::<()>();
    let work = tokio::task::spawn_blocking(move || {
        let _at_end = at_end;
        attempt.run_blocking();
    });
    let abort = work.abort_handle();
    runs.add(work);
    let Some(timeout) = timeout else { return };
    let watch = async move {
        if tokio::time::timeout(timeout, end).await.is_err() {
            shared.abandoned(id, Outcome::TimedOut);
            // It may not have begun, where the pool is exhausted; then it never does.
            abort.abort();
        }
    };
    runs.add(tokio::spawn(watch));
}
