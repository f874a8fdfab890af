use std::ops::Deref;

use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;
use periodic_core::time::Now;

use super::round::{Batch, Next};
use super::shared::Shared;
use crate::caught::catch_panic;

/// Reports a run's end to the scheduler, exactly once: when it is told, or else, as cancelled, when it is
/// dropped with the run that it belongs to.
pub(in crate::runner) struct Report<S: Deref<Target = Shared>> {
    shared: S,
    run: RunId,
    told: bool,
}

impl<S: Deref<Target = Shared>> Report<S> {
    pub(in crate::runner) fn new(shared: S, run: RunId) -> Self {
        Self { shared, run, told: false }
    }

    pub(in crate::runner) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Leaves it to the caller to report the run's end, or to let it go on.
    pub(in crate::runner) fn told(mut self) -> RunId {
        self.told = true;
        self.run
    }

    /// Of a run before which the clocks were `read`.
    pub(in crate::runner) fn tell(mut self, ended: Ended, read: Now) {
        self.told = true;
        self.shared.finished(self.run, ended, self.shared.now_after(read));
    }

    /// Of a run that held the serving loop, which goes on with what is answered.
    pub(in crate::runner) fn tell_and_go_on(mut self, ended: Ended, batch: &mut Batch) -> Next {
        self.told = true;
        self.shared.finished_inline(self.run, ended, batch)
    }
}

impl<S: Deref<Target = Shared>> Drop for Report<S> {
    fn drop(&mut self) {
        if !self.told {
            // It may be a panic that drops it, and another one then would end the process.
            let (shared, run) = (&self.shared, self.run);
            let _ = catch_panic(|| shared.finished(run, Ended::Cancelled, shared.clock.now()));
        }
    }
}
