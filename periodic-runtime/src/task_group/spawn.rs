use std::any::type_name;
use std::ops::ControlFlow;

use periodic_core::task::TaskError;

use super::{Entry, EntryKind, GroupError, TaskGroup, events};
use crate::catch_panic::catch_panic;
use crate::looping::{CallOutput, End, LoopError, Outcome, Running};
use crate::owned::Owned;
use crate::quiet_span::catch_panic_in_span;

impl TaskGroup {
    /// Adds one-off async work, and starts it.
    ///
    /// The work may return `()` or a `Result<(), E>`. Its name in logs is its type name.
    ///
    /// # Errors
    /// When the group is full or was stopped, and outside a tokio runtime.
    pub fn spawn<Fut>(&self, work: Fut) -> Result<Entry, GroupError>
    where
        Fut: Future<Output: CallOutput<(), Value = ()>> + Send + 'static,
    {
        let (running, finish) = Running::new(false);
        let name = type_name::<Fut>();
        let work = async move {
            let span = events::span(name);
            outcome(catch_panic_in_span(span, async { work.await.step() }).await)
        };
        self.enter(name.into(), EntryKind::Task, running, finish, work)
    }

    /// Adds one-off plain work on tokio's blocking pool, and starts it.
    ///
    /// The work cannot be cut: it is an entry until it returns.
    ///
    /// # Errors
    /// See [`spawn`](Self::spawn).
    pub fn spawn_blocking<F, O>(&self, work: F) -> Result<Entry, GroupError>
    where
        F: FnOnce() -> O + Send + 'static,
        O: CallOutput<(), Value = ()>,
    {
        let (running, finish) = Running::new(true);
        let name = type_name::<F>();
        let work = async move {
            let span = events::span(name);
            let work = Owned::spawn_blocking(move || {
                let end = catch_panic(|| span.in_scope(|| work().step()));
                // The span ends before the end is reported.
                drop(span);
                end
            });
            // Panics are caught inside, so a missing answer means that the pool has shut down.
            outcome(work.await.ok_or(LoopError::Cut)?)
        };
        self.enter(name.into(), EntryKind::Task, running, finish, work)
    }
}

/// Returns the outcome of one-off work.
fn outcome(answer: Result<Result<ControlFlow<()>, TaskError>, TaskError>) -> Outcome<()> {
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) =
        answer.map_err(LoopError::Panicked)?.map_err(LoopError::Failed)?;
    Ok(End::Value(()))
}
