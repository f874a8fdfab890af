use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use periodic_core::PeriodicManager;

use super::code::Code;
use crate::boxed::Boxed;
use crate::catch_panic::SilentDrop;
use crate::runner::events::span;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::Handed;
use crate::runner::state::round::{Next, Round};
use crate::runner::state::shared::{At, Shared};

/// A future that runs the given runs inline, one after the other, and never ends.
///
/// Each of a runner's managers has one, created at its first inline run. The futures of its tasks live inside, one at
/// a time, so that no run allocates. Dropping it cancels the active run.
pub(in crate::runner) struct InlineExecutor<'a> {
    work: SilentDrop<'a, Infallible>,
    handoff: &'a Handoff,
}

impl<'a> InlineExecutor<'a> {
    pub(in crate::runner) fn new(work: Boxed<'a, Infallible>, handoff: &'a Handoff) -> Self {
        Self { work: SilentDrop::boxed(work), handoff }
    }

    /// Runs the given run, and then the next ones, until one is not for this executor.
    pub(in crate::runner) async fn run(&mut self, handed: Handed, round: Round) -> (Next, Round) {
        put(&self.handoff.given, (handed, round));
        poll_fn(|cx| match Pin::new(&mut self.work).poll(cx) {
            Poll::Ready(never) => match never {},
            Poll::Pending => take(&self.handoff.back),
        })
        .await
    }
}

/// The channel in which the serving loop and the executor that it polls hand runs to each other.
#[derive(Default)]
pub(in crate::runner) struct Handoff {
    given: Mutex<Option<(Handed, Round)>>,
    back: Mutex<Option<(Next, Round)>>,
}

impl Handoff {
    /// Waits for the next run of the executor. It needs no waker, because the serving loop polls it with the run.
    async fn given(&self) -> (Handed, Round) {
        poll_fn(|_| take(&self.given)).await
    }

    /// Hands the next step back to the serving loop.
    fn give_back(&self, next: Next, round: Round) {
        put(&self.back, (next, round));
    }
}

fn put<T>(place: &Mutex<Option<T>>, value: T) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
}

fn take<T>(place: &Mutex<Option<T>>) -> Poll<T> {
    place.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Poll::Pending, Poll::Ready)
}

/// Runs the runs from the serving loop, one after the other, without end.
pub(super) async fn run_inline<M: PeriodicManager<Owner = ()>>(
    code: &Code<M>,
    shared: &Shared,
    handoff: &Handoff,
) -> Infallible {
    loop {
        let (mut handed, mut round) = handoff.given().await;
        let manager = handed.manager();
        let next = loop {
            let mut guard = EndGuard::new(shared, handed.start.id);
            let mut span = span::begin(&handed.start, shared.run_spans);
            let ended = code.run_inline(handed, &span).await;
            guard.code_ended();
            span::end(&mut span, &ended);
            let (run, now) = (guard.disarm(), shared.now_after(round.read));
            // In one visit with the next step of the serving loop: the end of a run is the beginning of the next
            // inline run.
            let next = shared.visit(At::Read(now), |state, now| {
                state.end(run, ended, now);
                state.next(&mut round, now)
            });
            match next {
                Next::Run(next) if next.is_inline() && next.manager() == manager => handed = next,
                next => break next,
            }
        };
        handoff.give_back(next, round);
    }
}
