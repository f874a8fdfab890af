use periodic_core::task::Cancellation;
use tokio::sync::watch;

use super::{End, LoopError};
use crate::catch_panic::{CatchPanic, catch_panic};

/// The result of a run of a loop.
pub(crate) type Outcome<T> = Result<End<T>, LoopError>;

/// The tokens that end a run from outside.
#[derive(Clone)]
pub(crate) struct Tokens {
    stop: Cancellation,
    /// `None` if the work cannot be cut.
    cut: Option<Cancellation>,
}

impl Tokens {
    /// Ends the loop after the active call.
    pub(crate) fn stop(&self) {
        self.stop.cancel();
    }

    /// Ends the loop in the middle of a call, if it can be cut.
    pub(crate) fn cut(&self) {
        self.stop.cancel();
        if let Some(cut) = &self.cut {
            cut.cancel();
        }
    }
}

/// One run, as seen by the callers that stop it or wait for it.
pub(crate) struct Running<T> {
    pub(crate) tokens: Tokens,
    outcome: watch::Receiver<Option<Outcome<T>>>,
}

/// The same run, as seen by its task. Dropped without a report, it leaves the outcome [`LoopError::Cut`].
pub(crate) struct Finish<T> {
    tokens: Tokens,
    outcome: watch::Sender<Option<Outcome<T>>>,
}

impl<T> Running<T> {
    pub(crate) fn new(blocking: bool) -> (Self, Finish<T>) {
        let tokens = Tokens { stop: Cancellation::new(), cut: (!blocking).then(Cancellation::new) };
        let (sender, outcome) = watch::channel(None);
        (Self { tokens: tokens.clone(), outcome }, Finish { tokens, outcome: sender })
    }

    pub(crate) fn is_running(&self) -> bool {
        // A task that was dropped without a report has closed the channel.
        self.outcome.has_changed().is_ok() && self.outcome.borrow().is_none()
    }

    /// Waits for the end of the run.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub(crate) async fn wait(mut self) -> Outcome<T>
    where
        T: Clone,
    {
        match self.outcome.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or(Err(LoopError::Cut)),
            Err(_) => Err(LoopError::Cut),
        }
    }
}

impl<T> Clone for Running<T> {
    fn clone(&self) -> Self {
        Self { tokens: self.tokens.clone(), outcome: self.outcome.clone() }
    }
}

impl<T> Finish<T> {
    pub(crate) fn stop(&self) -> &Cancellation {
        &self.tokens.stop
    }

    /// Runs `work` to its end, unless it is cut first. Work that is cut is dropped here, and a panic in that changes no
    /// outcome.
    pub(crate) async fn unless_cut(&self, work: CatchPanic<'_, Outcome<T>>) -> Outcome<T> {
        let work = async { work.await.unwrap_or_else(|panic| Err(LoopError::Panicked(panic))) };
        let Some(cut) = &self.tokens.cut else {
            return work.await;
        };
        tokio::select! {
            biased;
            () = cut.cancelled() => Err(LoopError::Cut),
            outcome = work => outcome,
        }
    }

    /// Reports the outcome to the waiters.
    pub(crate) fn tell(&self, outcome: Outcome<T>) {
        // Without receivers this has no effect.
        self.outcome.send_replace(Some(outcome));
    }
}

impl<T> Drop for Finish<T> {
    fn drop(&mut self) {
        // An outcome without receivers is dropped here; its value is the user's.
        if self.outcome.receiver_count() == 0 {
            let outcome = self.outcome.send_replace(None);
            let _ = catch_panic(|| drop(outcome));
        }
    }
}
