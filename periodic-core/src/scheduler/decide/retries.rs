//! The retries that are due, and the schedule's next slot, which ends a wait for a retry.

use crate::scheduler::row::Row;
use crate::scheduler::run_state::RunState;
use crate::scheduler::visit::Visit;
use crate::time::{Instant, Now};

impl Row {
    /// Queues the due retries, and ends all waits for a retry if the schedule's next slot has come.
    pub(crate) fn settle_retries(&mut self, visit: &mut Visit<'_>) {
        if !self.awaits_retry() {
            return;
        }
        if self.is_next_slot_due(visit.now) {
            self.end_retries(visit);
            self.go_on(visit);
            return;
        }
        for active in &mut self.going {
            let due = active.retry_due().filter(|due| *due <= visit.now.boot);
            if let (RunState::BackingOff, Some(due)) = (&active.state, due) {
                active.queue_again();
                visit.effects.ready.push(self.starter, due, self.order, active.serial, self.id.place);
            }
        }
    }

    /// Whether the schedule's next slot has come, at or after which no attempt starts.
    pub(crate) fn is_next_slot_due(&self, now: Now) -> bool {
        self.next_slot_at(now) <= now.boot
    }

    /// Returns the next undecided slot of the schedule, jitter not counted; `Instant::MAX` if there is none.
    pub(crate) fn next_slot_at(&self, now: Now) -> Instant {
        let grid = self.grid.as_ref().map_or(Instant::MAX, |grid| grid.timeline().slot(grid.next(), now).at);
        self.extra().map_or(grid, |(at, _)| grid.min(at))
    }
}
