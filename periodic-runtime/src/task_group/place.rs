use std::sync::Arc;

use super::state::Shared;
use crate::catch_panic::CatchPanic;
use crate::looping::{End, Finish, LoopError, Outcome};

/// An entry's place in its group, held by its task. The entry leaves exactly once, even if the task is dropped.
pub(super) struct Place {
    pub(super) shared: Arc<Shared>,
    pub(super) id: u64,
}

impl Place {
    /// Runs the entry's work, and leaves.
    pub(super) async fn run<T>(self, finish: Finish<T>, work: CatchPanic<'static, Outcome<T>>) {
        let outcome =
            if self.shared.begin(self.id) { finish.unless_cut(work).await } else { Err(LoopError::Cut) };
        let how = match &outcome {
            Ok(End::Value(_)) => Ok(End::Value(())),
            Ok(End::Stopped) => Ok(End::Stopped),
            Err(error) => Err(error.clone()),
        };
        // The entry leaves before its waiters get the outcome, so that they find it gone.
        self.shared.leave(self.id, how);
        finish.tell(outcome);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shared.leave(self.id, Err(LoopError::Cut));
    }
}
