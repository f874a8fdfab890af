use super::Due;
use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::visit::Visit;
use crate::task::{Outcome, SkipReason};

impl Row {
    /// Decides slots that were due while the task was paused: all are skipped, whether or not a run was active.
    pub(super) fn slots_passed_paused(
        &mut self,
        visit: &mut Visit<'_>,
        due: &Due,
        oldest: Slot,
        newest: Slot,
    ) {
        self.record_skip(visit, oldest, newest, due.count(), Outcome::Skipped(SkipReason::Paused));
    }
}
