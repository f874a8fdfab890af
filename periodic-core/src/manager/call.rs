use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::task::{Ended, TaskError};

/// The result of calling a task: its end, if it is a plain `fn`, or a future.
#[derive(Debug)]
#[must_use = "an async task does nothing unless its future is awaited"]
// Exhaustive, because managers make it, and drivers match every kind.
pub enum Call<'a> {
    /// The task is a plain `fn` and has run. Nothing was boxed.
    Ready(Ended),
    /// The task is an `async fn` and has not begun.
    Pending(TaskFuture<'a>),
}

impl<'a> Call<'a> {
    /// Creates a call that continues as `future`.
    pub fn pending(future: impl Future<Output = Ended> + Send + 'a) -> Self {
        Self::Pending(TaskFuture(Box::pin(future)))
    }

    /// Returns the failure for a path that names no task.
    pub fn unknown_row(manager: &str, row: &[u32]) -> Self {
        Self::Ready(Ended::Failed(TaskError::new(format_args!(
            "`{manager}` has no task in row {row:?}; the table was made from another value"
        ))))
    }

    /// Runs the rest of the call to its end.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the task at its current `await`.
    pub async fn finish(self) -> Ended {
        match self {
            Self::Ready(ended) => ended,
            Self::Pending(future) => future.await,
        }
    }
}

/// The future of an async task.
#[must_use = "futures do nothing unless awaited"]
pub struct TaskFuture<'a>(Pin<Box<dyn Future<Output = Ended> + Send + 'a>>);

impl Future for TaskFuture<'_> {
    type Output = Ended;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Ended> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for TaskFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TaskFuture(..)")
    }
}
