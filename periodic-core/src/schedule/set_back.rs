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
