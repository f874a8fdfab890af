use std::sync::Arc;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::{RunId, Start};
use periodic_core::table::TableBuilder;
use periodic_core::task::{Execution, Outcome, Overlap};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tracing::Instrument;

use super::added::AddedTask;
use super::attempt::Attempt;
use super::events;
use super::part::{InlineRun, Managed, Part};
use super::report::Report;
use super::shared::Shared;

/// The runs that are going outside the serving loop. Dropping it ends the async ones.
#[derive(Default)]
pub(super) struct Runs {
    tasks: JoinSet<()>,
    /// Those that a newer slot may replace.
    replaceable: Vec<(RunId, AbortHandle)>,
}

impl Runs {
    /// Forgets those that ended.
    pub(super) fn reap(&mut self) {
        while self.tasks.try_join_next().is_some() {}
        self.replaceable.retain(|(_, run)| !run.is_finished());
    }

    /// Ends the run that a newer slot replaces.
    pub(super) fn abort(&self, id: RunId) {
        if let Some((_, run)) = self.replaceable.iter().find(|(run, _)| *run == id) {
            run.abort();
        }
    }

    /// Ends all, and waits until they have ended.
    pub(super) async fn abort_all(&mut self) {
        self.tasks.shutdown().await;
    }
}

impl<M: PeriodicManager<Owner = ()>> Part for Managed<M> {
    fn collect(&self, table: TableBuilder) -> TableBuilder {
        table.manager(&*self.manager)
    }

    fn launch(
        &self,
        shared: &Arc<Shared>,
        start: Start,
        added: Option<Arc<AddedTask>>,
        runs: &mut Runs,
    ) -> Option<InlineRun> {
        let report = Report::new(Arc::clone(shared), start.id);
        let span = events::span(&start, 1);
        let attempt = Attempt {
            manager: Arc::clone(&self.manager),
            context: Arc::clone(&self.context),
            added,
            start,
            shared: Arc::clone(shared),
            span: span.clone(),
        };
        let spec = attempt.start.task.spec();
        match spec.execution {
            Execution::Inline => {
                let run = async move {
                    let ended = attempt.run().await;
                    report.tell(ended);
                };
                return Some(Box::pin(run.instrument(span)));
            }
            Execution::Blocking => launch_blocking(attempt, report, span, runs),
            _ => {
                let (id, overlap) = (attempt.start.id, spec.overlap);
                let run = async move {
                    let ended = attempt.run().await;
                    report.tell(ended);
                };
                let task = runs.tasks.spawn(run.instrument(span));
                if overlap == Some(Overlap::Replace) {
                    runs.replaceable.push((id, task));
                }
            }
        }
        None
    }
}

fn launch_blocking<M: PeriodicManager<Owner = ()>>(
    attempt: Attempt<M>,
    report: Report,
    span: tracing::Span,
    runs: &mut Runs,
) {
    let (id, timeout) = (attempt.start.id, attempt.start.task.spec().timeout);
    let (inside, shared) = (span.clone(), Arc::clone(&attempt.shared));
    let (at_end, end) = oneshot::channel::<()>();
    let work = runs.tasks.spawn_blocking(move || {
        let _at_end = at_end;
        let _entered = inside.entered();
        let ended = attempt.run_blocking();
        report.tell(ended);
    });
    let Some(timeout) = timeout else { return };
    let watch = async move {
        if tokio::time::timeout(timeout, end).await.is_err() {
            shared.abandoned(id, Outcome::TimedOut);
            // It may not have begun, where the pool is exhausted; then it never does.
            work.abort();
        }
    };
    runs.tasks.spawn(watch.instrument(span));
}
