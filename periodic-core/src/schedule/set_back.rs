//! A grid on a wall clock that is set back.
//!
//! Decided slots stay decided, and the grid returns to slots that it never decided. So decided slots may lie after the
//! next one; the grid passes over them.

use super::cold::DecidedRange;
use super::{Grid, NEVER, Passed, Timeline};

/// The most ranges of decided slots that a grid keeps. A new range needs a clock that is set back before all times that
/// it has shown since the start, and then shows a slot. A clock that does so more than 64 times within three hours is
/// broken; some of its slots then run twice.
const MAX_RANGES: usize = 64;

impl Grid {
    /// Makes the grid return to slots that were never decided: the wall clock was set back, and may have shown all
    /// times since `from`. A correction makes every slot since `from` undecided. Returns whether the next slot has
    /// changed.
    pub(crate) fn set_back(&mut self, from: i64, is_correction: bool) -> bool {
        let (from, next) = (from.saturating_sub(1), self.next);
        if self.timeline() == Timeline::Boot {
            return false;
        }
        if is_correction {
            self.begin(from);
        } else if from < self.from {
            self.look_again(from);
        }
        self.next != next
    }

    /// Moves the grid back to a point before all slots that were decided since the start.
    fn look_again(&mut self, from: i64) {
        let upto = self.recurrence.last_upto(self.next.saturating_sub(1));
        let ranges = &mut self.cold.get_or_insert_default().decided;
        ranges.retain(|range| range.upto > upto);
        if upto > self.from {
            ranges.insert(0, DecidedRange { after: self.from, upto });
        }
        // Drops the ranges furthest ahead: such a clock shows them again last, if ever.
        ranges.truncate(MAX_RANGES);
        (self.from, self.next) = (from, self.skip(self.recurrence.first_after(from)));
    }

    #[inline]
    pub(super) fn has_decided_ranges(&self) -> bool {
        self.cold.as_ref().is_some_and(|cold| !cold.decided.is_empty())
    }

    /// Returns the first slot from `slot` on that was not decided before.
    pub(super) fn skip(&self, mut slot: i64) -> i64 {
        for range in self.cold.iter().flat_map(|cold| &cold.decided) {
            if range.contains(slot) {
                slot = self.recurrence.first_after(range.upto);
            }
        }
        slot
    }

    /// Takes every slot that is due before `limit`, and passes over decided ones. At least the next slot is due.
    #[cold]
    pub(super) fn take_around_ranges(&mut self, limit: i64) -> Passed {
        let (oldest, mut newest, mut count) = (self.next, self.next, 0);
        if let Some(cold) = &mut self.cold {
            cold.decided.retain(|range| range.upto > oldest);
        }
        while self.next != NEVER && self.due() < limit {
            let next = self.next;
            let ahead = self.cold.iter().flat_map(|cold| &cold.decided).find(|one| one.after >= next);
            let end = ahead.map_or(limit, |range| limit.min(range.after.saturating_add(1)));
            newest = self.recurrence.last_before(end, next);
            // Jitter may delay its run past the limit.
            if newest.saturating_add(self.delay(newest)) >= limit {
                newest = self.recurrence.before(newest);
            }
            count += self.recurrence.count(next, newest);
            self.next = self.after(newest);
        }
        Passed { oldest, newest, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Interval, TaskSpec};
    use crate::time::{Now, Timestamp};

    const SECOND: i64 = 1_000_000_000;

    fn grid(start: i64) -> Grid {
        let spec = TaskSpec::new("poll").every(Interval::from_secs(1)).align();
        let now = Now { wall: Timestamp::from_secs(start), ..Now::default() };
        Grid::starting(&spec, None, 0, now).unwrap()
    }

    /// Returns the oldest and the newest slot that are due at `now`, in seconds, and their number.
    fn take(grid: &mut Grid, now: i64) -> Option<(i64, i64, u64)> {
        let Passed { oldest, newest, count } = grid.take(now * SECOND + 1)?;
        Some((oldest / SECOND, newest / SECOND, count))
    }

    #[test]
    fn what_was_decided_is_passed_over_and_forgotten_behind() {
        let mut grid = grid(1_000);
        assert_eq!(take(&mut grid, 1_002), Some((1_001, 1_002, 2)));
        assert!(!grid.set_back(1_001 * SECOND, false), "all of it was shown since the start");
        assert!(grid.set_back(990 * SECOND, false));
        assert_eq!(take(&mut grid, 992), Some((990, 992, 3)));
        assert!(grid.set_back(980 * SECOND, false));
        assert_eq!(take(&mut grid, 985), Some((980, 985, 6)));
        // All but the slots decided from 990 to 992, and from 1001 to 1002.
        assert_eq!(take(&mut grid, 1_005), Some((986, 1_005, 15)));
        let before = |slot: i64| grid.before(slot * SECOND) / SECOND;
        assert_eq!([before(1_004), before(1_003), before(993)], [1_003, 1_000, 989]);
        assert_eq!([989, 1_000].map(|slot| grid.after(slot * SECOND) / SECOND), [993, 1_003]);
        assert_eq!(take(&mut grid, 1_007), Some((1_006, 1_007, 2)));
        assert!(!grid.has_decided_ranges());
        assert!(grid.set_back(1_000 * SECOND, true));
        assert_eq!(take(&mut grid, 1_001), Some((1_000, 1_001, 2)));
    }

    #[test]
    fn a_clock_that_tells_no_time_makes_a_grid_forget_the_slots_furthest_ahead() {
        let mut grid = grid(1_000);
        for (step, steps_before) in (0..200).zip(0..) {
            let from = 1_000 - 3 * step;
            grid.set_back(from * SECOND, false);
            assert_eq!(take(&mut grid, from), Some((from, from, 1)), "step {step}");
            let ranges = grid.cold.as_ref().map_or(0, |cold| cold.decided.len());
            assert_eq!(ranges, MAX_RANGES.min(steps_before), "step {step}");
        }
        // 403 was the last. A third of the slots behind it was decided, and the nearest are kept.
        let remembered = u32::try_from(MAX_RANGES).unwrap();
        let behind = 3 * i64::from(remembered);
        assert_eq!(take(&mut grid, 403 + behind), Some((404, 402 + behind, 2 * u64::from(remembered))));
        assert_eq!(take(&mut grid, 1_000), Some((404 + behind, 1_000, 597 - behind.unsigned_abs())));
    }
}
