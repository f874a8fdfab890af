use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::boxed::Boxed;
use crate::catch_panic::Silent;

/// A spawned task that ends with its owner.
pub(crate) struct Owned<T> {
    task: JoinHandle<()>,
    /// Silent, because the task may be the last to have it.
    end: Arc<Mutex<Silent<T>>>,
}

impl<T: Send + 'static> Owned<T> {
    pub(crate) fn spawn(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self::spawn_on(work, &Handle::current())
    }

    pub(crate) fn spawn_on(work: impl Future<Output = T> + Send + 'static, runtime: &Handle) -> Self {
        let end = Arc::new(Mutex::new(Silent::EMPTY));
        let told = Arc::clone(&end);
        // One type of future for all, because tokio's generic code takes long to compile for each type.
        let work: Boxed<'static, ()> = Box::pin(async move {
            let end = work.await;
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Silent::new(end);
        });
        Self { task: runtime.spawn(work), end }
    }

    /// Spawns plain work on the blocking pool. Dropping its owner cancels it only if it has not begun.
    pub(crate) fn spawn_blocking(work: impl FnOnce() -> T + Send + 'static) -> Self {
        let end = Arc::new(Mutex::new(Silent::EMPTY));
        let told = Arc::clone(&end);
        let work: Box<dyn FnOnce() + Send> = Box::new(move || {
            let end = work();
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Silent::new(end);
        });
        Self { task: tokio::task::spawn_blocking(work), end }
    }
}

impl<T> Future for Owned<T> {
    /// `None` if it was aborted.
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(match ready!(Pin::new(&mut self.task).poll(cx)) {
            Ok(()) => self.end.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => None,
            },
        })
    }
}

impl<T> Drop for Owned<T> {
    fn drop(&mut self) {
        self.task.abort();
    }
}
