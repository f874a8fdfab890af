use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use periodic_core::PeriodicManager;
use periodic_core::manager::{Call, Given};
use periodic_core::table::Task;
use periodic_core::task::{Ended, Run, TaskError};
use periodic_core::time::Now;
use tracing::Span;

use super::added::AddedTask;
use super::batch::Handed;
use super::context::MakeContext;
use super::events;
use super::report::Report;
use super::shared::Shared;
use crate::caught::{caught_in_place, caught_plain};

/// A manager, and how the context of its runs is made.
pub(super) struct Code<M: PeriodicManager> {
    pub(super) manager: Arc<M>,
    pub(super) context: Box<dyn MakeContext<M::Context>>,
}

/// All that one attempt at a slot needs that does not run inline.
pub(super) struct Attempt<M: PeriodicManager> {
    pub(super) code: Arc<Code<M>>,
    pub(super) handed: Handed,
    pub(super) report: Report<Arc<Shared>>,
    /// A reading of all clocks from before.
    pub(super) read: Now,
    pub(super) span: Span,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs the task's code, and reports its end.
    ///
    /// If the run must not begin any more, its slot is recorded already, and whatever end is reported is passed over.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run at its current `await`.
    #[expect(clippy::manual_async_fn, reason = "what an `async fn` is given, its future holds twice")]
    pub(super) fn run(mut self) -> impl Future<Output = ()> + Send {
        async move {
            let ended = if self.begin() { self.code.run(self.handed).await } else { Ended::Cancelled };
            self.report.tell(ended, self.read);
        }
    }

    /// Runs a plain task's code on this thread, and reports its end.
    pub(super) fn run_blocking(mut self) {
        let ended = if self.begin() { self.code.run_blocking(self.handed) } else { Ended::Cancelled };
        self.report.tell(ended, self.read);
    }

    fn begin(&mut self) -> bool {
        let begun = self.report.shared().begin(&mut self.handed.start, self.read);
        if begun {
            events::begun(&self.span, self.handed.start.lateness);
        }
        begun
    }
}

impl<M: PeriodicManager<Owner = ()>> Code<M> {
    /// Runs a task; a panic and a timeout end here.
    ///
    /// What was handed out is gone when it answers: the scheduler uses the run's token again once nobody else has it.
    async fn run(&self, handed: Handed) -> Ended {
        let Handed { start, added } = handed;
        let (_, task, run) = start.into_run();
        bounded(task.spec().timeout, pin!(Some(self.code(&task, added, run)))).await
    }

    /// As [`run`](Self::run), with the task's future in place of a box.
    pub(super) async fn run_inline(&self, handed: Handed) -> Ended {
        let Handed { start, added } = handed;
        let (_, task, run) = start.into_run();
        bounded(task.spec().timeout, pin!(Some(self.inline_code(&task, added, run)))).await
    }

    #[expect(clippy::manual_async_fn, reason = "what an `async fn` is given, its future holds twice")]
    fn code(
        &self,
        task: &Task,
        added: Option<Arc<AddedTask>>,
        run: Run,
    ) -> impl Future<Output = Ended> + Send {
        async move {
            if let Some(added) = added {
                return added.call(run).await;
            }
            match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    self.manager.call(task.path(), given).finish().await
                }
                Err(error) => Ended::Failed(error),
            }
        }
    }

    #[expect(clippy::manual_async_fn, reason = "what an `async fn` is given, its future holds twice")]
    fn inline_code(
        &self,
        task: &Task,
        added: Option<Arc<AddedTask>>,
        run: Run,
    ) -> impl Future<Output = Ended> + Send {
        async move {
            if let Some(added) = added {
                return added.call(run).await;
            }
            match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    // Not `self.manager.call_inline`: that is the `Arc`'s, which boxes.
                    M::call_inline(&self.manager, task.path(), given).await
                }
                Err(error) => Ended::Failed(error),
            }
        }
    }

    fn run_blocking(&self, handed: Handed) -> Ended {
        let Handed { start, added } = handed;
        let (_, task, run) = start.into_run();
        caught_plain(|| self.plain_code(&task, added, &run)).unwrap_or_else(Ended::Panicked)
    }

    #[expect(clippy::needless_pass_by_value, reason = "dropped inside, where a panic of that is caught")]
    fn plain_code(&self, task: &Task, added: Option<Arc<AddedTask>>, run: &Run) -> Ended {
        if let Some(AddedTask::Plain(task)) = added.as_deref() {
            return task(run);
        }
        match self.context.make() {
            Ok(context) => {
                let given = Given { owner: &(), context: &context, run };
                match self.manager.call(task.path(), given) {
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

/// What a task's code ends in: a panic and a timeout end here.
async fn bounded(
    timeout: Option<Duration>,
    mut code: Pin<&mut Option<impl Future<Output = Ended>>>,
) -> Ended {
    let Some(work) = code.as_mut().as_pin_mut() else { return Ended::Cancelled };
    let attempt = caught_in_place(work);
    let ended = match timeout {
        Some(timeout) => tokio::time::timeout(timeout, attempt).await.unwrap_or(Ok(Ended::TimedOut)),
        None => attempt.await,
    };
    // Dropping what a timeout cuts may panic too.
    let dropped = caught_plain(|| code.set(None));
    ended.and_then(|ended| dropped.map(|()| ended)).unwrap_or_else(Ended::Panicked)
}
