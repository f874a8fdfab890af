use std::pin::Pin;

use periodic_core::manager::TaskOutput;
use periodic_core::task::{Ended, Run};

type AddedFuture = Pin<Box<dyn Future<Output = Ended> + Send>>;

/// The code of a task that was added at run time.
pub(in crate::runner) enum AddedTask {
    Async(Box<dyn Fn(Run) -> AddedFuture + Send + Sync>),
    Plain(Box<dyn Fn(&Run) -> Ended + Send + Sync>),
}

impl AddedTask {
    pub(in crate::runner) fn from_async<F, Fut>(task: F) -> Self
    where
        F: Fn(Run) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskOutput> + Send + 'static,
    {
        Self::Async(Box::new(move |run| {
            let future = task(run);
            Box::pin(async move { future.await.ended() })
        }))
    }

    pub(in crate::runner) fn from_plain<F, R>(task: F) -> Self
    where
        F: Fn(&Run) -> R + Send + Sync + 'static,
        R: TaskOutput,
    {
        Self::Plain(Box::new(move |run| task(run).ended()))
    }

    /// Runs the task; a plain one in the caller's thread.
    pub(in crate::runner) async fn call(&self, run: Run) -> Ended {
        match self {
            Self::Async(task) => task(run).await,
            Self::Plain(task) => task(&run),
        }
    }
}
