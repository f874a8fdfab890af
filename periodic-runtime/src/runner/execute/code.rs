use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use periodic_core::PeriodicManager;
use periodic_core::manager::{Call, Given};
use periodic_core::task::{Ended, Run, TaskError};
use periodic_core::time::Now;
use tokio::sync::Notify;
use tracing::Span;

use crate::caught::{catch_panic, caught_in_place};
use crate::runner::context::MakeContext;
use crate::runner::events::log;
use crate::runner::state::added::AddedTask;
use crate::runner::state::end_guard::Report;
use crate::runner::state::handed::Handed;
use crate::runner::state::handed::Launch;
use crate::runner::state::shared::Shared;

/// A manager, and how the context of its runs is made.
pub(in crate::runner) struct Code<M: PeriodicManager> {
    pub(in crate::runner) manager: Arc<M>,
    pub(in crate::runner) context: Box<dyn MakeContext<M::Context>>,
}

/// All that one attempt at a slot needs that blocks its thread.
pub(in crate::runner) struct Attempt<M: PeriodicManager> {
    pub(in crate::runner) code: Arc<Code<M>>,
    pub(in crate::runner) handed: Handed,
    pub(in crate::runner) report: Report<Arc<Shared>>,
    /// A reading of all clocks from before.
    pub(in crate::runner) read: Now,
    pub(in crate::runner) span: Span,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs a plain task's code on this thread, and reports its end.
    ///
    /// If the run must not begin any more, its slot is recorded already, and whatever end is reported is passed over.
    pub(in crate::runner) fn run_blocking(self) {
        let Self { code, mut handed, report, read, mut span } = self;
        let ended = if report.shared().begin(&mut handed.start, read) {
            log::begun(&span, handed.start.lateness);
            code.run_blocking(handed, &span)
        } else {
            Ended::Cancelled
        };
        log::ended_run(&mut span, &ended);
        report.tell(ended, read);
        // With it the manager may go, which is the user's.
        let _ = catch_panic(|| drop(code));
    }
}

impl<M: PeriodicManager<Owner = ()>> Code<M> {
    /// Runs a task in its span; a panic and a timeout end here, and so does being replaced by a newer slot.
    ///
    /// What was handed out is gone when it answers: the scheduler uses the run's token again once nobody else has it.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the run at its current `await`.
    pub(in crate::runner) async fn run(&self, launch: &mut Option<Launch>, span: &Span) -> Ended {
        let Some(Launch { handed: Handed { start, added }, replaced, .. }) = launch.take() else {
            return Ended::Cancelled;
        };
        let limits = Limits { timeout: start.task.spec().timeout, replaced };
        bounded(limits, span, pin!(Some(self.code(added, start.into_run())))).await
    }

    /// As [`run`](Self::run), with the task's future in place of a box.
    pub(in crate::runner) async fn run_inline(&self, handed: Handed, span: &Span) -> Ended {
        let Handed { start, added } = handed;
        let limits = Limits { timeout: start.task.spec().timeout, replaced: None };
        bounded(limits, span, pin!(Some(self.inline_code(added, start.into_run())))).await
    }

    #[expect(clippy::manual_async_fn, reason = "what an `async fn` is given, its future holds twice")]
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

    #[expect(clippy::manual_async_fn, reason = "what an `async fn` is given, its future holds twice")]
    fn inline_code(&self, added: Option<Arc<AddedTask>>, run: Run) -> impl Future<Output = Ended> + Send {
        async move {
            if let Some(added) = added {
                return added.call(run).await;
            }
            match self.context.make() {
                Ok(context) => {
                    let given = Given { owner: &(), context: &context, run: &run };
                    // Not `self.manager.call_inline`: that is the `Arc`'s, which boxes.
                    M::call_inline(&self.manager, run.task().path(), given).await
                }
                Err(error) => Ended::Failed(error),
            }
        }
    }

    fn run_blocking(&self, handed: Handed, span: &Span) -> Ended {
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

/// What cuts a run.
struct Limits {
    timeout: Option<Duration>,
    /// Told when a newer slot takes its place.
    replaced: Option<Arc<Notify>>,
}

/// What a task's code ends in: a panic, a timeout and a newer slot end here.
async fn bounded(limits: Limits, span: &Span, code: Pin<&mut Option<impl Future<Output = Ended>>>) -> Ended {
    let mut code = InSpan { span, code };
    let ended = match limits {
        Limits { timeout: None, replaced: None } => caught_in_place(Pin::new(&mut code)).await,
        Limits { timeout, replaced } => tokio::select! {
            biased;
            () = notified(replaced) => Ok(Ended::Cancelled),
            ended = in_time(timeout, caught_in_place(Pin::new(&mut code))) => ended,
        },
    };
    // Dropping what is cut may panic too.
    let dropped = code.end();
    ended.and_then(|ended| dropped.map(|()| ended)).unwrap_or_else(Ended::Panicked)
}

/// A task's code that is in its run's span whenever it is polled, and when it is dropped.
struct InSpan<'a, F> {
    span: &'a Span,
    code: Pin<&'a mut Option<F>>,
}

impl<F: Future> Future for InSpan<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { span, code } = &mut *self;
        // It is taken only when this is dropped.
        code.as_mut().as_pin_mut().map_or(Poll::Pending, |code| span.in_scope(|| code.poll(cx)))
    }
}

impl<F> InSpan<'_, F> {
    /// Drops the code; an error if that panics.
    #[inline]
    fn end(&mut self) -> Result<(), TaskError> {
        if self.code.is_none() {
            return Ok(());
        }
        catch_panic(|| self.span.in_scope(|| self.code.set(None)))
    }
}

impl<F> Drop for InSpan<'_, F> {
    #[inline]
    fn drop(&mut self) {
        if self.code.is_some() {
            // It is cancelled with its runner, and recorded so.
            let _ = self.end();
            log::cut_run(self.span);
        }
    }
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
