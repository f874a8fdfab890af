//! What a wall clock that is set back does to a grid on it.
//!
//! What was decided stays so, and a slot that never was is looked for again. So behind the next slot there may be some
//! that are decided: those are passed over.

use super::apart::Stretch;
use super::grid::{Grid, NEVER, Passed, Timeline};

/// So many stretches of decided slots are kept at most. Each needs a clock that is set back behind what it has shown
/// since the start, and goes on for a slot; one that does so more often within three hours tells no time.
const MOST_STRETCHES: usize = 64;

impl Grid {
    /// The wall clock was set back and may have shown all times since `from`. Answers whether the next slot is another
    /// one since.
    ///
    /// After a correction nothing is decided any more.
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

    /// Looks for undecided slots behind a point that lies before all that was decided.
    fn look_again(&mut self, from: i64) {
        let upto = self.lattice.last_upto(self.next.saturating_sub(1));
        let stretches = &mut self.apart.get_or_insert_default().stretches;
        stretches.retain(|stretch| stretch.upto > upto);
        if upto > self.from {
            stretches.insert(0, Stretch { after: self.from, upto });
        }
        if stretches.len() > MOST_STRETCHES {
            return self.begin(from);
        }
        (self.from, self.next) = (from, self.skip(self.lattice.first_after(from)));
    }

    #[inline]
    pub(super) fn has_stretches(&self) -> bool {
        self.apart.as_ref().is_some_and(|apart| !apart.stretches.is_empty())
    }

    /// The first slot from this one on that was not decided before.
    pub(super) fn skip(&self, mut slot: i64) -> i64 {
        for stretch in self.apart.iter().flat_map(|apart| &apart.stretches) {
            if stretch.holds(slot) {
                slot = self.lattice.first_after(stretch.upto);
            }
        }
        slot
    }

    /// Takes every slot that is due before `limit`, of which there is one, around those that were decided before.
    #[cold]
    pub(super) fn take_around(&mut self, limit: i64) -> Passed {
        let (oldest, mut newest, mut count) = (self.next, self.next, 0);
        if let Some(apart) = &mut self.apart {
            apart.stretches.retain(|stretch| stretch.upto > oldest);
        }
        while self.next != NEVER && self.due() < limit {
            let next = self.next;
            let ahead = self.apart.iter().flat_map(|apart| &apart.stretches).find(|one| one.after >= next);
            let end = ahead.map_or(limit, |stretch| limit.min(stretch.after.saturating_add(1)));
            newest = self.lattice.last_before(end, next);
            // Its run may be moved behind the limit.
            if newest.saturating_add(self.delay(newest)) >= limit {
                newest = self.lattice.before(newest);
            }
            count += self.lattice.count(next, newest);
            self.next = self.after(newest);
        }
        Passed { oldest, newest, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Task;
    use crate::task::{Interval, TaskName, TaskSpec};
    use crate::time::{Now, Timestamp};

    const SECOND: i64 = 1_000_000_000;

    fn grid(start: i64) -> Grid {
        let spec = TaskSpec::new("poll").every(Interval::from_secs(1)).align();
        let now = Now { wall: Timestamp::from_secs(start), ..Now::default() };
        Grid::starting(&Task::new(TaskName::new("Manager", "poll"), spec), 0, now).unwrap()
    }

    /// The seconds of what is due by then.
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
        // All but those that were decided from 990 to 992, and from 1001 to 1002.
        assert_eq!(take(&mut grid, 1_005), Some((986, 1_005, 15)));
        let before = |slot: i64| grid.before(slot * SECOND) / SECOND;
        assert_eq!([before(1_004), before(1_003), before(993)], [1_003, 1_000, 989]);
        assert_eq!([989, 1_000].map(|slot| grid.after(slot * SECOND) / SECOND), [993, 1_003]);
        assert_eq!(take(&mut grid, 1_007), Some((1_006, 1_007, 2)));
        assert!(!grid.has_stretches());
        assert!(grid.set_back(1_000 * SECOND, true));
        assert_eq!(take(&mut grid, 1_001), Some((1_000, 1_001, 2)));
    }

    #[test]
    fn a_clock_that_tells_no_time_makes_a_grid_begin_afresh() {
        let mut grid = grid(1_000);
        for step in 0..200 {
            let from = 1_000 - 3 * step;
            grid.set_back(from * SECOND, false);
            assert_eq!(take(&mut grid, from), Some((from, from, 1)), "step {step}");
            let stretches = grid.apart.as_ref().map_or(0, |apart| apart.stretches.len());
            assert!(stretches <= MOST_STRETCHES, "{stretches}");
        }
        let decided = take(&mut grid, 1_000).unwrap();
        assert_eq!((decided.0, decided.1), (404, 1_000));
        assert!(decided.2 > 400, "{decided:?}");
    }
}
