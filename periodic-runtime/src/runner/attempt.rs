use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use periodic_core::PeriodicManager;
use periodic_core::manager::{Call, Given};
use periodic_core::scheduler::Start;
use periodic_core::task::{Ended, TaskError};

use super::added::AddedTask;
use super::context::MakeContext;

/// All that one attempt at a slot needs.
pub(super) struct Attempt<M: PeriodicManager> {
    pub(super) manager: Arc<M>,
    pub(super) context: Arc<dyn MakeContext<M::Context>>,
    pub(super) added: Option<Arc<AddedTask>>,
    pub(super) start: Start,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs the task's code; a panic and a timeout end here.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run at its current `await`.
    pub(super) async fn run(&self) -> Ended {
        let attempt = caught(self.code());
        match self.start.task.spec().timeout {
            Some(timeout) => within(timeout, attempt).await,
            None => attempt.await,
        }
    }

    /// Runs a plain task's code on this thread; a panic ends here.
    pub(super) fn run_blocking(&self) -> Ended {
        catch_unwind(AssertUnwindSafe(|| self.plain_code())).unwrap_or_else(|panic| panicked(&*panic))
    }

    async fn code(&self) -> Ended {
        let run = self.start.run(1);
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

    fn plain_code(&self) -> Ended {
        let run = self.start.run(1);
        if let Some(AddedTask::Plain(task)) = self.added.as_deref() {
            return task(&run);
        }
        match self.context.make() {
            Ok(context) => {
                let given = Given { owner: &(), context: &context, run: &run };
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

async fn caught(attempt: impl Future<Output = Ended>) -> Ended {
    let mut attempt = pin!(attempt);
    std::future::poll_fn(|cx| {
        catch_unwind(AssertUnwindSafe(|| attempt.as_mut().poll(cx)))
            .unwrap_or_else(|panic| Poll::Ready(panicked(&*panic)))
    })
    .await
}

fn panicked(payload: &(dyn std::any::Any + Send)) -> Ended {
    Ended::Panicked(TaskError::from_panic(payload))
}
