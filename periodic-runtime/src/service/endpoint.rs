use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use periodic_core::task::{Cancellation, TaskError};
use tracing::warn;

use super::time_budget::TimeBudget;
use crate::boxed::{BoxError, Boxed, into_text};
use crate::catch_panic::{catch_panic, catch_panic_async, catch_subscriber};
use crate::owned::Owned;

type End = Result<(), BoxError>;

/// An endpoint that has not been started.
pub(super) struct Endpoint {
    name: String,
    start: Box<dyn FnOnce(Cancellation) -> Boxed<'static, End> + Send>,
}

impl Endpoint {
    pub(super) fn new<F, Fut, E>(name: String, start: F) -> Self
    where
        F: FnOnce(Cancellation) -> Fut + Send + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let start = |shutdown| -> Boxed<'static, End> {
            let serve = start(shutdown);
            Box::pin(async move { serve.await.map_err(Into::into) })
        };
        Self { name, start: Box::new(start) }
    }
}

/// The endpoints of a service, in the order in which they start. Dropping them ends them.
#[derive(Default)]
pub(super) struct Endpoints {
    waiting: Vec<Endpoint>,
    going: Vec<Going>,
}

struct Going {
    name: String,
    shutdown: Cancellation,
    task: Owned<Result<End, TaskError>>,
}

impl Endpoints {
    pub(super) fn add(&mut self, endpoint: Endpoint) {
        self.waiting.push(endpoint);
    }

    pub(super) fn start(&mut self) {
        for Endpoint { name, start } in self.waiting.drain(..) {
            let shutdown = Cancellation::new();
            let token = shutdown.clone();
            // Called inside the future, because the closure may panic too.
            let task = Owned::spawn(catch_panic_async(async move { start(token).await }));
            self.going.push(Going { name, shutdown, task });
        }
    }

    /// Waits for an endpoint that ends by itself. Returns its name and its error, if any.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub(super) async fn ended(&mut self) -> (String, Option<BoxError>) {
        poll_fn(|cx| {
            for index in 0..self.going.len() {
                if let Poll::Ready(end) = Pin::new(&mut self.going[index].task).poll(cx) {
                    return Poll::Ready((self.going.remove(index).name, cause(end)));
                }
            }
            Poll::Pending
        })
        .await
    }

    /// Asks all endpoints to end, the last one first, and waits for each. Returns the names of those that were cut;
    /// dropping their owner ends them.
    pub(super) async fn stop(&mut self, budget: &TimeBudget<'_>) -> Vec<String> {
        let mut cut = Vec::new();
        while let Some(Going { name, shutdown, mut task }) = self.going.pop() {
            shutdown.cancel();
            let Some(end) = budget.within(&mut task).await else {
                catch_subscriber(|| warn!(endpoint = name, "an endpoint did not end in time and was cut"));
                cut.push(format!("endpoint `{name}`"));
                continue;
            };
            if let Some(cause) = cause(end) {
                let cause = into_text(cause);
                catch_subscriber(|| warn!(endpoint = name, cause, "an endpoint failed while it was stopped"));
            }
        }
        cut
    }
}

/// Endpoints that were never started are closures of the user's, whose `Drop` may panic.
impl Drop for Endpoints {
    fn drop(&mut self) {
        for endpoint in self.waiting.drain(..) {
            let _ = catch_panic(|| drop(endpoint));
        }
    }
}

fn cause(end: Option<Result<End, TaskError>>) -> Option<BoxError> {
    match end {
        Some(Ok(Ok(()))) | None => None,
        Some(Ok(Err(cause))) => Some(cause),
        Some(Err(panic)) => Some(format!("it panicked: {panic}").into()),
    }
}
