use std::ops::Deref;

use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;

use super::shared::{At, Shared};

/// Ends a run as cancelled when it is dropped with it, so that a run that has started is reported exactly once.
#[must_use = "dropping it ends the run"]
pub(in crate::runner) struct EndGuard<S: Deref<Target = Shared>> {
    shared: S,
    run: RunId,
    is_armed: bool,
}

impl<S: Deref<Target = Shared>> EndGuard<S> {
    pub(in crate::runner) fn new(shared: S, run: RunId) -> Self {
        Self { shared, run, is_armed: true }
    }

    pub(in crate::runner) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Reports the run's end, after the clocks were `read`.
    pub(in crate::runner) fn end(mut self, ended: Ended, read: Now) {
        self.is_armed = false;
        let now = self.shared.now_after(read);
        self.shared.visit(At::Read(now), |state, now| state.end(self.run, ended, now));
    }

    /// Leaves it to the caller to report the run's end.
    #[must_use = "the run's end is to be reported"]
    pub(in crate::runner) fn disarm(mut self) -> RunId {
        self.is_armed = false;
        self.run
    }
}

impl<S: Deref<Target = Shared>> Drop for EndGuard<S> {
    fn drop(&mut self) {
        if self.is_armed {
            self.shared.cancel(self.run);
        }
    }
}
