use std::sync::Arc;

use periodic_core::scheduler::RunId;
use periodic_core::task::Ended;

use super::shared::Shared;

/// Reports a run's end to the scheduler, exactly once: when it is told, or else, as cancelled, when it is
/// dropped with the run that it belongs to.
pub(super) struct Report {
    shared: Arc<Shared>,
    run: RunId,
    told: bool,
}

impl Report {
    pub(super) fn new(shared: Arc<Shared>, run: RunId) -> Self {
        Self { shared, run, told: false }
    }

    pub(super) fn tell(mut self, ended: Ended) {
        self.told = true;
        self.shared.finished(self.run, ended);
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        if !self.told {
            self.shared.finished(self.run, Ended::Cancelled);
        }
    }
}
