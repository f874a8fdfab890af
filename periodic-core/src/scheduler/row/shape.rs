//! The shape of a task: the rules that its declaration needs, and whether it only waits for its next slot.

use std::sync::Arc;

use super::{Phase, Row};
use crate::schedule::{Grid, follows_its_end};
use crate::spec::Missed;
use crate::task::Task;

impl Row {
    /// Sets another declaration; returns the one before.
    pub(crate) fn set_task(&mut self, task: Task) -> Arc<Task> {
        let before = core::mem::replace(&mut self.task, Arc::new(task));
        self.read_task();
        before
    }

    pub(super) fn read_task(&mut self) {
        let spec = self.task.spec();
        self.overlap = spec.overlap.unwrap_or_default();
        let every_slot_runs = spec.missed.unwrap_or_default() == Missed::default() && spec.grace.is_none();
        let runs_alike = spec.max_runs.is_none() && spec.retry.is_none();
        self.is_plain = every_slot_runs && runs_alike && !follows_its_end(spec);
        self.is_bounded = spec.timeout.is_some();
        self.waits_in_place = false;
    }

    /// Notes whether it uses no rare rule and waits only for its next slot, on an even grid of the boot-time clock
    /// without jitter. Must be called after each change.
    pub(crate) fn note_whether_simple(&mut self) {
        self.is_simple = self.is_simple_anew();
    }

    /// Calculates whether it is simple.
    pub(crate) fn is_simple_anew(&self) -> bool {
        let has_passed = self.cold.as_ref().is_some_and(|cold| cold.waits() || cold.last_passed.is_some());
        self.only_waits() && !has_passed && self.grid.as_ref().is_some_and(Grid::is_even)
    }

    pub(crate) fn only_waits(&self) -> bool {
        self.is_plain
            && self.going.is_empty()
            && self.extra.is_none()
            && !self.paused
            && self.phase == Phase::Active
    }

    /// Whether its next slot depends on the end of its last run.
    pub(crate) fn follows_its_end(&self) -> bool {
        !self.is_plain && follows_its_end(self.task.spec())
    }
}
