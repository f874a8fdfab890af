use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use super::batch::{Batch, Handed, Next};
use crate::boxed::Boxed;
use crate::caught::Quiet;

/// A future that runs what it is given inline, one run after the other, and never ends.
///
/// Each of a runner's managers has one, made at its first inline run. The futures of its tasks live inside, one at a
/// time, so that no run allocates. Dropping it cancels the run that is going.
pub(super) struct Lane<'a> {
    work: Quiet<'a, Infallible>,
    turn: &'a Turn,
}

impl<'a> Lane<'a> {
    pub(super) fn new(work: Boxed<'a, Infallible>, turn: &'a Turn) -> Self {
        Self { work: Quiet::boxed(work), turn }
    }

    /// Runs what was handed out, and then what comes next, as long as it is for this lane too.
    pub(super) async fn run(&mut self, handed: Handed, batch: &mut Batch) -> Next {
        self.turn.set(Whose::Lane(handed, *batch));
        let (next, left) = poll_fn(|cx| match Pin::new(&mut self.work).poll(cx) {
            Poll::Ready(never) => match never {},
            Poll::Pending => self.turn.taken_back(),
        })
        .await;
        *batch = left;
        next
    }
}

/// Through which the serving loop and the lane that it polls hand the next run to each other.
#[derive(Default)]
pub(super) struct Turn(Mutex<Whose>);

#[derive(Default)]
enum Whose {
    #[default]
    Nobodys,
    Lane(Handed, Batch),
    Loop(Next, Batch),
}

impl Turn {
    /// What the lane is to run. It needs no waker, because the serving loop polls it with the run.
    pub(super) async fn given(&self) -> (Handed, Batch) {
        poll_fn(|_| {
            self.take(|whose| match whose {
                Whose::Lane(handed, batch) => Ok((handed, batch)),
                other => Err(other),
            })
        })
        .await
    }

    /// Leaves the rest to the serving loop.
    pub(super) fn give_back(&self, next: Next, batch: Batch) {
        self.set(Whose::Loop(next, batch));
    }

    fn taken_back(&self) -> Poll<(Next, Batch)> {
        self.take(|whose| match whose {
            Whose::Loop(next, batch) => Ok((next, batch)),
            other => Err(other),
        })
    }

    fn set(&self, whose: Whose) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = whose;
    }

    fn take<T>(&self, pick: impl FnOnce(Whose) -> Result<T, Whose>) -> Poll<T> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match pick(std::mem::take(&mut *place)) {
            Ok(taken) => Poll::Ready(taken),
            Err(whose) => {
                *place = whose;
                Poll::Pending
            }
        }
    }
}
