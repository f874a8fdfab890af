//! The view of a runner for the service around it.

use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{RunStatus, SlotRecord};
use periodic_core::settings::ServiceOptions;
use periodic_core::task::{Cancellation, Slot, Task};

use super::Handle;
use crate::runner::state::liveness::Liveness;
use crate::runner::state::shared::At;
use crate::runner::state::state::State;

/// An active run, and the time since its start; `None` if it has not begun.
pub(crate) struct ActiveFor {
    pub(crate) task: Arc<Task>,
    pub(crate) run: RunStatus,
    pub(crate) elapsed: Option<Duration>,
    /// The time from its slot to the schedule's next.
    pub(crate) distance: Option<Duration>,
}

impl Handle {
    pub(crate) fn going(&self) -> Vec<ActiveFor> {
        let now = self.shared.now();
        let node = self.shared.look(|state| state.scheduler.node().to_owned());
        let runs = self.shared.look_in_pages(|state, page| state.scheduler.active_runs_page(page));
        // Not under the lock, because a calendar may have to be searched.
        let going = runs.into_iter().map(|(task, run)| {
            let elapsed = run.started.map(|started| now.boot - started);
            let distance = task.distance_after(run.slot, &node);
            ActiveFor { task, run, elapsed, distance }
        });
        going.collect()
    }

    /// Returns the record of a run, if the history still has it.
    pub(crate) fn record_of(&self, task: &Task, slot: Slot) -> Option<SlotRecord> {
        let mut history = self.records();
        history.retain(|record| record.name() == task.name() && record.first == slot);
        history.pop()
    }

    /// Returns the options in force.
    pub(crate) fn options(&self) -> ServiceOptions {
        self.shared.look(|state| state.options)
    }

    /// Waits until a run is active, or waits for its first line. Only one caller at a time may wait.
    pub(crate) async fn until_busy(&self) {
        let busy = self.shared.visit(At::Now, |state, _| {
            state.busy_wanted = state.scheduler.running() == 0;
            !state.busy_wanted
        });
        if !busy {
            self.shared.busy.notified().await;
        }
    }

    /// Waits until settings are in force for which `holds` returns true.
    pub(crate) async fn until_options(&self, holds: impl Fn(&ServiceOptions) -> bool) {
        loop {
            // Created first, so that settings put in force in between are not missed.
            let reloaded = self.shared.reloaded.notified();
            if holds(&self.options()) {
                return;
            }
            reloaded.await;
        }
    }

    /// Returns how long runs may continue after a stop; `None` for no limit.
    pub(crate) fn grace(&self) -> Option<Duration> {
        self.shared.look(State::grace)
    }

    /// Returns the token that [`stop`](Self::stop) cancels.
    pub(crate) fn stopping(&self) -> &Cancellation {
        &self.shared.stop
    }

    /// Returns the token that [`stop_now`](Self::stop_now) cancels.
    pub(crate) fn hurrying(&self) -> &Cancellation {
        &self.shared.kill
    }

    pub(crate) fn liveness(&self) -> &Liveness {
        &self.shared.liveness
    }
}
