use super::Row;
use crate::schedule::{NEVER, Timeline};
use crate::scheduler::clocks::SetBack;
use crate::time::Now;

impl Row {
    /// Whether its schedule follows the wall clock.
    pub(crate) fn follows_the_wall(&self) -> bool {
        self.grid.as_ref().is_some_and(|grid| grid.timeline() == Timeline::Wall)
    }

    pub(crate) fn next_on_the_wall(&self) -> Option<i64> {
        self.grid.as_ref().map(crate::schedule::Grid::next).filter(|next| *next != NEVER)
    }

    /// Goes back to slots that were never decided; returns whether the next slot has changed.
    pub(crate) fn set_back(&mut self, set_back: &SetBack, now: Now) -> bool {
        let grid = self.grid.as_mut();
        let has_moved = grid.is_some_and(|grid| grid.set_back(set_back.from, set_back.is_correction));
        if has_moved {
            self.limit_extra(now);
        }
        has_moved
    }
}
