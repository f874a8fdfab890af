//! The invariants of a row between two visits, checked in debug builds.

use super::{Phase, Row};

impl Row {
    /// Asserts the invariants at the end of a visit.
    pub(crate) fn assert_sound(&self) {
        let has_slots = self.grid.is_some() || self.extra.is_some();
        debug_assert!(self.phase == Phase::Active || !has_slots, "{self:?}: only an active task has slots");
        let is_suspended = self.grid.as_ref().is_none_or(crate::schedule::Grid::is_suspended);
        debug_assert!(
            !self.follows_its_end() || self.going.is_empty() || is_suspended,
            "{self:?}: the end of a run sets the next slot"
        );
        let is_in_order = self.going.is_sorted_by(|before, after| before.serial < after.serial);
        debug_assert!(is_in_order, "{self:?}: a newer attempt has a greater number");
    }
}
