use std::sync::Arc;
use std::time::Duration;

use periodic_core::PeriodicManager;
use periodic_core::manager::{Call, Given};
use periodic_core::scheduler::Start;
use periodic_core::task::{Ended, Run, TaskError};
use tracing::Span;

use super::added::AddedTask;
use super::context::MakeContext;
use super::events;
use super::shared::Shared;
use crate::caught::{caught, caught_plain};

/// All that one attempt at a slot needs.
pub(super) struct Attempt<M: PeriodicManager> {
    pub(super) manager: Arc<M>,
    pub(super) context: Arc<dyn MakeContext<M::Context>>,
    pub(super) added: Option<Arc<AddedTask>>,
    pub(super) start: Start,
    pub(super) shared: Arc<Shared>,
    pub(super) span: Span,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs the task's code; a panic and a timeout end here.
    ///
    /// If the run must not begin any more, its slot is recorded already, and whatever end is reported is passed over.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run at its current `await`.
    pub(super) async fn run(&self) -> Ended {
        let Some(run) = self.begin() else { return Ended::Cancelled };
        // The timeout lies inside, because dropping what it cuts may panic too.
        let attempt = caught(async {
            match self.start.task.spec().timeout {
                Some(timeout) => within(timeout, self.code(run)).await,
                None => self.code(run).await,
            }
        });
        attempt.await.unwrap_or_else(Ended::Panicked)
    }

    /// Runs a plain task's code on this thread; a panic ends here.
    pub(super) fn run_blocking(&self) -> Ended {
        let Some(run) = self.begin() else { return Ended::Cancelled };
        caught_plain(|| self.plain_code(&run)).unwrap_or_else(Ended::Panicked)
    }

    /// What the task's code is told of its run, if that may begin.
    fn begin(&self) -> Option<Run> {
        let lateness = self.shared.begin_run(&self.start)?;
        self.span.record("lateness", tracing::field::display(events::Brief(lateness)));
        Some(Start { lateness, ..self.start.clone() }.run(1))
    }

    async fn code(&self, run: Run) -> Ended {
        match self.added.as_deref() {
            Some(AddedTask::Async(task)) => task(run).await,
            Some(AddedTask::Plain(task)) => task(&run),
            None => match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    self.manager.call(self.start.task.path(), given).finish().await
                }
                Err(error) => Ended::Failed(error),
            },
        }
    }

    fn plain_code(&self, run: &Run) -> Ended {
        if let Some(AddedTask::Plain(task)) = self.added.as_deref() {
            return task(run);
        }
        match self.context.make() {
            Ok(context) => {
                let given = Given { owner: &(), context: &context, run };
                match self.manager.call(self.start.task.path(), given) {
                    Call::Ready(ended) => ended,
                    Call::Pending(_) => Ended::Failed(TaskError::new(
                        "an async task was declared as blocking; its table was written by hand",
                    )),
                }
            }
            Err(error) => Ended::Failed(error),
        }
    }
}

async fn within(timeout: Duration, attempt: impl Future<Output = Ended>) -> Ended {
    tokio::time::timeout(timeout, attempt).await.unwrap_or(Ended::TimedOut)
}
