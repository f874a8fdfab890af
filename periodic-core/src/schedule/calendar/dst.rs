//! A change of a zone's clocks: the readings that it leaves out, and those that it shows again.

use super::Calendar;
use crate::schedule::zone::Segment;

impl Calendar {
    /// Returns the first reading for which the segment has slots.
    pub(super) fn first_reading(&self, segment: &Segment) -> i64 {
        // Clocks that were set back show the readings before the change again.
        let shown_before = if self.repeats { segment.offset } else { segment.before };
        segment.start.saturating_add(segment.offset.max(shown_before))
    }

    /// Whether the segment begins with the one slot for the readings that its clocks left out.
    pub(super) fn closes_a_gap(&self, segment: &Segment) -> bool {
        self.fills_gaps && self.left_out(segment).is_some()
    }

    /// Returns the pattern's first reading among those that the segment's clocks left out.
    pub(super) fn left_out(&self, segment: &Segment) -> Option<i64> {
        let gap = segment.start.saturating_add(segment.before)..segment.start.saturating_add(segment.offset);
        if gap.is_empty() { None } else { self.match_from(gap.start).filter(|reading| gap.contains(reading)) }
    }
}
