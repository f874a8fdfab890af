//! A change of a zone's clocks: the readings that it leaves out, and those that were shown before.

use super::Calendar;
use crate::schedule::zone::Segment;

impl Calendar {
    /// The first reading that the segment has slots for.
    pub(super) fn first_reading(&self, segment: &Segment) -> i64 {
        // Where the clocks were set back, they show again what they showed up to the change.
        let shown_before = if self.repeats { segment.offset } else { segment.before };
        segment.start.saturating_add(segment.offset.max(shown_before))
    }

    /// Whether the segment begins with the one slot for what its clocks left out.
    pub(super) fn closes_a_gap(&self, segment: &Segment) -> bool {
        self.fills_gaps && self.left_out(segment).is_some()
    }

    /// The first reading that the pattern has among those that the segment's clocks left out.
    pub(super) fn left_out(&self, segment: &Segment) -> Option<i64> {
        let gap = segment.start.saturating_add(segment.before)..segment.start.saturating_add(segment.offset);
        if gap.is_empty() { None } else { self.match_from(gap.start).filter(|reading| gap.contains(reading)) }
    }
}
