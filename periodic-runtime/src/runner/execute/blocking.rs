use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use periodic_core::PeriodicManager;
use periodic_core::task::{Ended, Outcome};
use periodic_core::time::Now;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::code::Code;
use crate::catch_panic::{Silent, drop_quietly};
use crate::quiet_span::Subscriber;
use crate::runner::events::span;
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
    /// The subscriber that the run's span is for.
    pub(super) subscriber: Subscriber,
    /// Whether its slot is recorded as timed out, although its code goes on.
    pub(super) is_timed_out: Arc<AtomicBool>,
}

impl<M: PeriodicManager<Owner = ()>> Attempt<M> {
    /// Runs a plain task's code on this thread, and reports its end.
    ///
    /// If the run must no longer begin, its slot is recorded already, and the reported end is ignored.
    fn run_blocking(self) {
        let Self { code, mut handed, guard, read, subscriber, is_timed_out } = self;
        let begins = {
            let shared = guard.shared();
            shared.visit(At::Read(shared.now_after(read)), |state, now| state.begin(&mut handed.start, now))
        };
        let ended = if begins {
            let mut span = subscriber.with(|| span::begin(&handed.start, guard.shared().run_spans));
            let ended = code.run_blocking(handed, &span);
            // The span says the same as the record.
            if is_timed_out.load(Ordering::SeqCst) {
                span::end(&mut span, &Ended::TimedOut);
            } else if guard.shared().look(|state| state.is_given_up) {
                span::end(&mut span, &Ended::Cancelled);
            } else {
                span::end(&mut span, &ended);
            }
            ended
        } else {
            Ended::Cancelled
        };
        guard.end(ended, read);
        // This may drop the manager, which is the user's code.
        drop_quietly(code);
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
    let is_timed_out = Arc::clone(&attempt.is_timed_out);
    let (at_end, end) = oneshot::channel::<()>();
    // It may be dropped before it begins, by the pool, and then be the last to have the manager.
    let mut attempt = Silent::new(attempt);
    let work = tokio::task::spawn_blocking(move || {
        let _at_end = at_end;
        if let Some(attempt) = attempt.take() {
            attempt.run_blocking();
        }
    });
    let Some(timeout) = timeout else { return (work, None) };
    let abort = work.abort_handle();
    let watch = async move {
        if tokio::time::timeout(timeout, end).await.is_err() {
            shared.visit(At::Now, |state, now| {
                state.scheduler.abandon(id, Outcome::TimedOut, now);
                is_timed_out.store(true, Ordering::SeqCst);
            });
            // It may not have begun, because the pool is exhausted; then it never does.
            abort.abort();
        }
    };
    (work, Some(tokio::spawn(watch)))
}
