use core::cmp::Reverse;

use super::wheel::{NO_WAKE, Wake, Wheel};
use crate::schedule::NEVER;

/// The times at which rows must be visited, on one timeline.
///
/// A row that is set again leaves its old entry in the wheel, which is skipped in its turn.
#[derive(Debug)]
pub(crate) struct WakeQueue {
    wheel: Wheel,
    /// The time of each row; [`NEVER`] for none.
    wants: Vec<i64>,
    /// The earliest of them, or [`UNKNOWN`]. It includes its row, so that another row with the same time may change
    /// its time without a search.
    first: Wake,
    /// The number of entries left behind.
    stale: usize,
}

/// The first entry while it must be searched: before all others, so that each time seems due until the search.
const UNKNOWN: Wake = Reverse((i64::MIN, u32::MAX));

/// The number of entries that may be left behind even with few rows.
const FEW: usize = 64;

impl Default for WakeQueue {
    fn default() -> Self {
        Self { wheel: Wheel::default(), wants: Vec::new(), first: NO_WAKE, stale: 0 }
    }
}

impl WakeQueue {
    /// Returns the earliest time at which a row must be visited; [`NEVER`] if there is none.
    #[inline]
    pub(crate) fn first(&mut self) -> i64 {
        if self.first == UNKNOWN { self.find_first() } else { self.first }.0.0
    }

    /// Whether a row's time is at or before `now`.
    #[inline]
    pub(crate) fn is_due(&mut self, now: i64) -> bool {
        // Most polls find nothing due, and end here.
        self.first.0.0 <= now && self.is_first_due(now)
    }

    /// The slow path of [`is_due`](Self::is_due), which may search the first entry.
    #[inline(never)]
    fn is_first_due(&mut self, now: i64) -> bool {
        self.first() <= now && self.first != NO_WAKE
    }

    /// Takes out every row whose time is at or before `now`, in no particular order.
    pub(crate) fn take_due(&mut self, now: i64, due: &mut Vec<u32>) {
        if !self.is_due(now) {
            return;
        }
        if self.wheel.has_passed(now) {
            // The clock was set back.
            self.begin_anew(Some(now));
        }
        let Self { wheel, wants, stale, .. } = self;
        wheel.advance_to(now, |Reverse((time, row))| {
            let wants = &mut wants[row as usize];
            if *wants != time {
                *stale -= 1;
            } else if time <= now {
                *wants = NEVER;
                due.push(row);
            } else {
                return true;
            }
            false
        });
        self.first = UNKNOWN;
        debug_assert!(self.is_sound(now), "{self:?}: an entry is lost, due, or not counted as left behind");
    }

    /// Whether the wheel has an entry for each row after `now`, and otherwise only those left behind. Many rows are
    /// not checked.
    fn is_sound(&self, now: i64) -> bool {
        if self.wants.len() > FEW {
            return true;
        }
        let live = self.wants.iter().filter(|wants| **wants != NEVER).count();
        let has_entry = |(row, wants): (u32, &i64)| {
            *wants == NEVER
                || (*wants > now && self.wheel.entries().any(|entry| entry == Reverse((*wants, row))))
        };
        self.wheel.entries().count() == live + self.stale && (0..).zip(&self.wants).all(has_entry)
    }

    /// Returns when a row must be visited; [`NEVER`] for never.
    pub(crate) fn wanted(&self, row: u32) -> i64 {
        self.wants.get(row as usize).copied().unwrap_or(NEVER)
    }

    /// Sets when a row must be visited; [`NEVER`] for never.
    #[inline]
    pub(crate) fn set(&mut self, row: u32, wants: i64) {
        let known = self.wanted(row);
        if known != wants {
            self.change(row, known, wants);
        }
    }

    fn change(&mut self, row: u32, known: i64, wants: i64) {
        if known != NEVER {
            self.leave_behind(row);
        } else if row as usize >= self.wants.len() {
            self.wants.resize(row as usize + 1, NEVER);
        }
        if wants != NEVER {
            self.add(row, wants);
        }
    }

    /// Sets the time of a row that was taken out, as [`set`](Self::set) does.
    #[expect(clippy::inline_always, reason = "part of the loop of a pass")]
    #[inline(always)]
    pub(crate) fn add(&mut self, row: u32, wants: i64) {
        self.wants[row as usize] = wants;
        let entry = Reverse((wants, row));
        if wants < self.first.0.0 {
            self.first = entry;
        }
        self.wheel.put(entry);
    }

    /// Removes the time of a row.
    #[inline(never)]
    fn leave_behind(&mut self, row: u32) {
        self.wants[row as usize] = NEVER;
        self.stale += 1;
        if self.first.0.1 == row {
            self.first = UNKNOWN;
        }
        if self.stale > FEW + self.wants.len() / 2 {
            // This visits all rows, so it must be rare.
            self.begin_anew(None);
        }
    }

    #[inline(never)]
    fn find_first(&mut self) -> Wake {
        let is_stale = |Reverse((time, row)): Wake| {
            let wants = self.wants.get(row as usize);
            wants.is_some_and(|wants| *wants != time)
        };
        let (first, gone) = self.wheel.first(is_stale);
        self.first = first;
        self.stale -= gone;
        first
    }

    /// Puts every row in its slot, calculated from `now`, or from the wheel's current tick.
    fn begin_anew(&mut self, now: Option<i64>) {
        self.wheel.clear(now);
        self.stale = 0;
        for (row, &time) in (0..).zip(&self.wants) {
            if time != NEVER {
                self.wheel.put(Reverse((time, row)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::schedule::mix;

    #[test]
    fn a_row_set_anew_comes_once_and_at_its_new_time() {
        let mut queue = WakeQueue::default();
        queue.set(0, 10);
        queue.set(1, 20);
        queue.set(0, 30);
        queue.set(0, 10);
        assert_eq!(queue.first(), 10);
        queue.set(0, 40);
        assert_eq!(queue.first(), 20);
        let mut rows = Vec::new();
        queue.take_due(100, &mut rows);
        rows.sort_unstable();
        assert_eq!(rows, [0, 1]);
        queue.set(0, NEVER);
        queue.set(1, NEVER);
        assert_eq!(queue.first(), NEVER);
    }

    #[test]
    fn a_row_that_leaves_others_at_its_time_costs_no_search() {
        let mut queue = WakeQueue::default();
        (0..3).for_each(|row| queue.set(row, 10));
        for _ in 0..2 {
            queue.set(1, NEVER);
            assert_eq!(queue.first, Reverse((10, 0)));
            queue.set(1, 10);
        }
        queue.set(0, NEVER);
        assert_eq!((queue.first, queue.first()), (UNKNOWN, 10));
    }

    #[test]
    fn is_a_map_by_time() {
        for round in 0..200 {
            let (mut queue, mut map) = (WakeQueue::default(), BTreeMap::new());
            // In every other round many entries gather before they are taken.
            let kinds = if round % 2 == 0 { 8 } else { 128 };
            for step in 0..800 {
                let draw = mix(round << 32 | step);
                let row = u32::try_from(draw % (2 * round + 2)).unwrap();
                // From less than a tick up to the range of 64 bits.
                let time = (((draw >> 8) % 100).cast_signed() - 50) << (round % 58);
                match (draw >> 32) % kinds {
                    0..2 => {
                        let mut due = Vec::new();
                        queue.take_due(time, &mut due);
                        due.sort_unstable();
                        let right = map.extract_if(.., |_, wants| *wants <= time).map(|(row, _)| row);
                        assert_eq!(due, right.collect::<Vec<u32>>());
                    }
                    2 => {
                        queue.set(row, NEVER);
                        map.remove(&row);
                    }
                    _ => {
                        queue.set(row, time);
                        map.insert(row, time);
                    }
                }
                if draw >> 40 & 1 == 0 {
                    assert_eq!(queue.first(), map.values().min().copied().unwrap_or(NEVER));
                }
            }
        }
    }
}
