use std::sync::Arc;

use periodic_core::PeriodicManager;
use periodic_core::scheduler::{RunId, Start};
use periodic_core::task::{Execution, Outcome, Overlap};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tracing::Instrument;

use super::Runner;
use super::added::AddedTask;
use super::attempt::Attempt;
use super::events;
use super::report::Report;

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

impl<M: PeriodicManager<Owner = ()>> Runner<M> {
    /// Starts a run where its task wants it; an inline one has ended when this returns.
    pub(super) async fn launch(&self, start: Start, added: Option<Arc<AddedTask>>, runs: &mut Runs) {
        let report = Report::new(Arc::clone(&self.shared), start.id);
        let span = events::span(&start);
        let attempt = Attempt {
            manager: Arc::clone(&self.manager),
            context: Arc::clone(&self.context),
            added,
            start,
            shared: Arc::clone(&self.shared),
            span: span.clone(),
        };
        let spec = attempt.start.task.spec();
        match spec.execution {
            Execution::Inline => {
                async {
                    let ended = attempt.run().await;
                    report.tell(ended);
                }
                .instrument(span)
                .await;
                // Inline work that never waits would let no stop be heard between two runs.
                tokio::task::yield_now().await;
            }
            Execution::Blocking => self.launch_blocking(attempt, report, span, runs),
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
    }

    fn launch_blocking(&self, attempt: Attempt<M>, report: Report, span: tracing::Span, runs: &mut Runs) {
        let (id, timeout) = (attempt.start.id, attempt.start.task.spec().timeout);
        let inside = span.clone();
        let (at_end, end) = oneshot::channel::<()>();
        let work = runs.tasks.spawn_blocking(move || {
            let _at_end = at_end;
            let _entered = inside.entered();
            let ended = attempt.run_blocking();
            report.tell(ended);
        });
        let Some(timeout) = timeout else { return };
        let shared = Arc::clone(&self.shared);
        let watch = async move {
            if tokio::time::timeout(timeout, end).await.is_err() {
                shared.abandoned(id, Outcome::TimedOut);
                // It may not have begun, where the pool is exhausted; then it never does.
                work.abort();
            }
        };
        runs.tasks.spawn(watch.instrument(span));
    }
}
