use std::pin::pin;
use std::sync::Arc;

use periodic_core::PeriodicManager;
use periodic_core::manager::{Call, Given};
use periodic_core::task::{Ended, Run, TaskError};

use super::bounded::{Limits, bounded};
use crate::catch_panic::catch_panic;
use crate::quiet_span::QuietSpan;
use crate::runner::context::MakeContext;
use crate::runner::state::added::AddedTask;
use crate::runner::state::handed::{Handed, TakenRun};

/// A manager, and the source of its runs' contexts.
pub(super) struct Code<M: PeriodicManager> {
    pub(super) manager: Arc<M>,
    pub(super) context: Box<dyn MakeContext<M::Context>>,
}

impl<M: PeriodicManager<Owner = ()>> Code<M> {
    /// Runs a task in its span; a panic, a timeout and a replacement by a newer slot become its end.
    ///
    /// The run is dropped when this returns: the scheduler reuses its token once it has no other owner.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run at its current `await`.
    pub(super) async fn run(&self, taken: &mut Option<TakenRun>, span: &QuietSpan) -> Ended {
        let Some(TakenRun { handed: Handed { start, added }, replaced }) = taken.take() else {
            return Ended::Cancelled;
        };
        let limits = Limits { timeout: start.task.spec().timeout, replaced };
        bounded(limits, span, pin!(Some(self.code(added, start.into_run())))).await
    }

    /// Runs a task as [`run`](Self::run) does, with its future in place of a box.
    pub(super) async fn run_inline(&self, handed: Handed, span: &QuietSpan) -> Ended {
        let Handed { start, added } = handed;
        let limits = Limits { timeout: start.task.spec().timeout, replaced: None };
        bounded(limits, span, pin!(Some(self.inline_code(added, start.into_run())))).await
    }

    #[expect(clippy::manual_async_fn, reason = "the future of an `async fn` holds the arguments twice")]
    fn code(&self, added: Option<Arc<AddedTask>>, run: Run) -> impl Future<Output = Ended> + Send {
        async move {
            if let Some(added) = added {
                return added.call(run).await;
            }
            match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    self.manager.call(run.task().path(), given).finish().await
                }
                Err(error) => Ended::Failed(error),
            }
        }
    }

    #[expect(clippy::manual_async_fn, reason = "the future of an `async fn` holds the arguments twice")]
    fn inline_code(&self, added: Option<Arc<AddedTask>>, run: Run) -> impl Future<Output = Ended> + Send {
        async move {
            if let Some(added) = added {
                return added.call(run).await;
            }
            match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    // Not `self.manager.call_inline`: that is the method of the `Arc`, which boxes.
                    M::call_inline(&self.manager, run.task().path(), given).await
                }
                Err(error) => Ended::Failed(error),
            }
        }
    }

    pub(super) fn run_blocking(&self, handed: Handed, span: &QuietSpan) -> Ended {
        let Handed { start, added } = handed;
        let run = start.into_run();
        catch_panic(|| span.in_scope(|| self.plain_code(added, &run))).unwrap_or_else(Ended::Panicked)
    }

    #[expect(clippy::needless_pass_by_value, reason = "dropped inside, where a panic of that is caught")]
    fn plain_code(&self, added: Option<Arc<AddedTask>>, run: &Run) -> Ended {
        if let Some(AddedTask::Plain(task)) = added.as_deref() {
            return task(run);
        }
        match self.context.make() {
            Ok(context) => {
                let given = Given { owner: &(), context: &context, run };
                match self.manager.call(run.task().path(), given) {
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
