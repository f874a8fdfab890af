//! The invariants of all rows together, checked in debug builds.

use super::active_run::ActiveRun;
use super::limit::GroupId;
use super::run_state::RunState;
use super::scheduler::Scheduler;

/// With more rows than these, a debug build does not check all of them at each poll.
const FEW_ROWS: usize = 64;

impl Scheduler {
    /// Asserts the invariants between two calls, if the rows are few.
    pub(super) fn assert_sound(&self) {
        debug_assert!(
            self.rows.len() > FEW_ROWS
                || self.count(|run| matches!(run.state, RunState::Waiting)) == self.ready(),
            "a run waits without a place in the queue"
        );
        debug_assert!(
            self.rows.len() > FEW_ROWS
                || self.count(|run| run.state.holds_permit()) == self.limits.taken(GroupId::SERVICE),
            "a permit is lost, or its run has left"
        );
        debug_assert!(
            self.rows.len() > FEW_ROWS || self.places().all(|id| self.is_queued(id)),
            "a row is not visited when its next slot comes"
        );
    }

    fn count(&self, is_counted: impl Fn(&ActiveRun) -> bool) -> usize {
        self.rows.iter().flatten().flat_map(|row| &row.going).filter(|run| is_counted(run)).count()
    }
}
