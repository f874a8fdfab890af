//! The shape of a task, and the pace of its row: whether it may take the fast path.

use std::sync::Arc;

use super::{Pace, PassHints, Phase, Row, Shape};
use crate::schedule::{Grid, follows_its_end};
use crate::scheduler::queue::Starter;
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
        let is_plain = every_slot_runs && runs_alike && !follows_its_end(spec);
        self.shape = if is_plain { Shape::Plain } else { Shape::Ruled };
        self.starter = Starter::of(spec.execution);
        self.hints = PassHints { is_bounded: spec.timeout.is_some(), polls_in_place: false };
    }

    /// Notes the pace. Must be called after each change.
    #[inline]
    pub(crate) fn note_pace(&mut self) {
        self.pace = self.pace_anew();
    }

    /// Calculates the pace.
    #[inline]
    pub(crate) fn pace_anew(&self) -> Pace {
        let has_passed = self.cold.as_ref().is_some_and(|cold| cold.waits() || cold.last_passed.is_some());
        let is_even = self.only_waits() && !has_passed && self.grid.as_ref().is_some_and(Grid::is_even);
        if is_even { Pace::Even } else { Pace::Other }
    }

    /// Whether the row is known to be at an even pace.
    #[inline]
    pub(crate) fn is_even(&self) -> bool {
        debug_assert_eq!(self.pace, self.pace_anew(), "{self:?}: a change did not note the pace");
        self.pace == Pace::Even
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.shape == Shape::Plain
    }

    #[inline]
    pub(crate) fn only_waits(&self) -> bool {
        self.is_plain()
            && self.going.is_empty()
            && self.extra.is_none()
            && !self.paused
            && self.phase == Phase::Active
    }

    /// Whether its next slot depends on the end of its last run.
    pub(crate) fn follows_its_end(&self) -> bool {
        !self.is_plain() && follows_its_end(self.task.spec())
    }
}
