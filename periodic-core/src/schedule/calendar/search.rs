//! The search for slots, in seconds since the Unix epoch.
//!
//! Between two changes of a zone's clocks the readings advance with time. So a
//! [`Segment`](crate::schedule::zone::Segment) has a slot for each of the pattern's readings in it. A change belongs to
//! the segment that begins with it: see [`dst`](super::dst).

use super::Calendar;
use super::reading::{reading, seconds};

/// The greatest distance of a zone from UTC, in seconds: the limit of `jiff`'s offsets.
const REACH: i64 = 26 * 3_600;

impl Calendar {
    /// Returns the first slot at or after `from`, if there is one at or before `last`.
    pub(super) fn first_from(&self, from: i64, last: i64) -> Option<i64> {
        let mut at = from;
        while at <= last {
            let segment = self.zone.segment(at);
            if at <= segment.start && self.closes_a_gap(&segment) {
                return Some(segment.start);
            }
            let from = self.first_reading(&segment).max(at + segment.offset);
            let slot = self.match_from(from)? - segment.offset;
            if slot < segment.end {
                return Some(slot).filter(|slot| *slot <= last);
            }
            // A slot is never further from its reading than a zone can be from UTC. So the search skips the segments
            // before a distant reading.
            at = segment.end.max(self.match_from(segment.end - REACH)? - REACH);
        }
        None
    }

    /// Returns the last slot at or before `from`, if there is one at or after `first`.
    pub(super) fn last_until(&self, from: i64, first: i64) -> Option<i64> {
        let mut at = from;
        while at >= first {
            let segment = self.zone.segment(at);
            let slot = self.match_until(at + segment.offset).map(|reading| reading - segment.offset);
            if let Some(slot) = slot.filter(|slot| slot + segment.offset >= self.first_reading(&segment)) {
                return Some(slot).filter(|slot| *slot >= first);
            }
            if self.closes_a_gap(&segment) {
                return Some(segment.start).filter(|slot| *slot >= first);
            }
            let before = segment.start.checked_sub(1)?;
            at = before.min(self.match_until(before + REACH)? + REACH);
        }
        None
    }

    /// Returns the number of slots at or after `from` and before `until`.
    pub(super) fn count(&self, from: i64, until: i64) -> u64 {
        let mut at = from;
        let mut count = 0;
        while at < until {
            let segment = self.zone.segment(at);
            let first = self.first_reading(&segment).max(at + segment.offset);
            let end = segment.end.min(until);
            count += self.pattern.count_between(reading(first), reading(end + segment.offset));
            let is_first =
                at <= segment.start && !self.pattern.matches(reading(segment.start + segment.offset));
            count += u64::from(is_first && self.closes_a_gap(&segment));
            at = end;
        }
        count
    }

    pub(super) fn match_from(&self, from: i64) -> Option<i64> {
        self.pattern.next_after(reading(from - 1)).map(seconds)
    }

    fn match_until(&self, until: i64) -> Option<i64> {
        self.pattern.prev_before(reading(until + 1)).map(seconds)
    }
}
