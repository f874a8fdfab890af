use std::sync::Arc;

use periodic_core::PeriodicManager;
use periodic_core::task::{Ended, Outcome};
use periodic_core::time::Now;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tracing::Span;

use super::code::Code;
use crate::catch_panic::catch_panic;
use crate::runner::events::log;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::Handed;
use crate::runner::state::shared::{At, Shared};

/// One blocking attempt at a slot.
pub(super) struct Attempt<M: PeriodicManager> {
    pub(super) code: Arc<Code<M>>,
    pub(super) handed: Handed,
    pub(super) guard: EndGuard<Arc<Shared>>,
    /// An earlier reading of all clocks.
    pub(super) read: Now,
    pub(super) span: Span,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs a plain task's code on this thread, and reports its end.
    ///
    /// If the run must no longer begin, its slot is recorded already, and the reported end is ignored.
    fn run_blocking(self) {
        let Self { code, mut handed, guard, read, mut span } = self;
        let begins = {
            let shared = guard.shared();
            shared.visit(At::Read(shared.now_after(read)), |state, now| state.begin(&mut handed.start, now))
        };
        let ended = if begins {
            log::begun(&span, handed.start.lateness);
            code.run_blocking(handed, &span)
        } else {
            Ended::Cancelled
        };
        log::ended_run(&mut span, &ended);
        guard.end(ended, read);
        // This may drop the manager, which is the user's code.
        let _ = catch_panic(|| drop(code));
    }
}

/// The task of a blocking run, and the one for its timeout.
pub(in crate::runner) type BlockingRun = (JoinHandle<()>, Option<JoinHandle<()>>);

/// Starts a blocking run. Aborting its tasks ends it if it has not begun.
pub(super) fn start_blocking<M: PeriodicManager<Owner = ()>>(
    attempt: Attempt<M>,
    shared: Arc<Shared>,
) -> BlockingRun {
    let (id, timeout) = (attempt.handed.start.id, attempt.handed.start.task.spec().timeout);
    let (at_end, end) = oneshot::channel::<()>();
    let work = tokio::task::spawn_blocking(move || {
        let _at_end = at_end;
        attempt.run_blocking();
    });
    let Some(timeout) = timeout else { return (work, None) };
    let abort = work.abort_handle();
    let watch = async move {
        if tokio::time::timeout(timeout, end).await.is_err() {
            shared.visit(At::Now, |state, now| state.scheduler.abandon(id, Outcome::TimedOut, now));
            // It may not have begun, because the pool is exhausted; then it never does.
            abort.abort();
        }
    };
    (work, Some(tokio::spawn(watch)))
}
