use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::task::{Ended, TaskError};
use tokio::sync::Notify;

use crate::catch_panic::catch_panic_in_place;
use crate::quiet_span::QuietSpan;
use crate::runner::events::in_span::InSpan;

/// The limits that end a run early.
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    /// Notified when a newer slot replaces the run.
    pub(super) replaced: Option<Arc<Notify>>,
}

/// Returns the end of a task's code, which may be a panic, a timeout, or a replacement by a newer slot.
pub(super) async fn bounded(
    limits: Limits,
    span: &QuietSpan,
    code: Pin<&mut Option<impl Future<Output = Ended>>>,
) -> Ended {
    let mut code = InSpan::new(span, code);
    let ended = match limits {
        Limits { timeout: None, replaced: None } => catch_panic_in_place(Pin::new(&mut code)).await,
        Limits { timeout, replaced } => tokio::select! {
            biased;
            () = notified(replaced) => Ok(Ended::Cancelled),
            ended = in_time(timeout, catch_panic_in_place(Pin::new(&mut code))) => ended,
        },
    };
    // Dropping a cancelled future may panic too.
    let dropped = code.end();
    ended.and_then(|ended| dropped.map(|()| ended)).unwrap_or_else(Ended::Panicked)
}

async fn notified(replaced: Option<Arc<Notify>>) {
    match replaced {
        Some(replaced) => replaced.notified().await,
        None => std::future::pending().await,
    }
}

async fn in_time(
    timeout: Option<Duration>,
    attempt: impl Future<Output = Result<Ended, TaskError>>,
) -> Result<Ended, TaskError> {
    match timeout {
        Some(timeout) => tokio::time::timeout(timeout, attempt).await.unwrap_or(Ok(Ended::TimedOut)),
        None => attempt.await,
    }
}
