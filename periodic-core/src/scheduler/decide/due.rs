use crate::schedule::{Passed, Slot};
use crate::scheduler::row::Row;
use crate::scheduler::visit::{Upto, Visit};
use crate::task::Outcome;
use crate::time::Now;

/// The due and undecided slots of one row: at most one extra, then those of the grid.
pub(crate) struct Due {
    pub(super) extra: Option<Slot>,
    pub(super) grid: Option<(Passed, Slot, Slot)>,
}

impl Due {
    pub(super) fn count(&self) -> u64 {
        u64::from(self.extra.is_some()) + self.grid.map_or(0, |(passed, ..)| passed.count)
    }

    pub(super) fn oldest(&self) -> Option<Slot> {
        self.extra.or(self.grid.map(|(_, oldest, _)| oldest))
    }

    pub(super) fn newest(&self) -> Option<Slot> {
        self.grid.map(|(.., newest)| newest).or(self.extra)
    }
}

impl Row {
    #[inline]
    pub(crate) fn is_due(&self, now: Now, upto: Upto) -> bool {
        let inclusive = i64::from(upto == Upto::Including);
        let before = |at: i64, now: i64| at < now.saturating_add(inclusive);
        self.extra().is_some_and(|(at, _)| before(at.as_nanos(), now.boot.as_nanos()))
            || self.grid.as_ref().is_some_and(|grid| before(grid.due(), grid.timeline().read(now)))
    }

    pub(super) fn take_due(&mut self, now: Now, upto: Upto) -> Due {
        let inclusive = i64::from(upto == Upto::Including);
        let limit = |at: i64| at.saturating_add(inclusive);
        let extra = self.extra.take_if(|extra| extra.0.as_nanos() < limit(now.boot.as_nanos()));
        let extra = extra.map(|extra| Slot { kind: extra.1, at: extra.0, scheduled: now.wall_at(extra.0) });
        let follows_its_end = self.follows_its_end();
        let paused = self.paused;
        let grid = self.grid.as_mut().and_then(|grid| {
            let limit = limit(grid.timeline().read(now));
            // A task that follows its own end has one next slot, regardless of the time of the visit.
            let taken = match (follows_its_end && !paused, extra) {
                (true, Some(_)) => None,
                (true, None) => grid.take_one(limit),
                (false, _) => grid.take(limit),
            }?;
            Some((taken, grid.timeline().slot(taken.oldest, now), grid.timeline().slot(taken.newest, now)))
        });
        Due { extra, grid }
    }

    /// Records `outcome` for all due slots but the newest.
    pub(super) fn record_before(&mut self, visit: &mut Visit<'_>, due: &Due, outcome: Outcome) {
        let (Some(oldest), count) = (due.oldest(), due.count()) else { return };
        if count > 1 {
            let last = self.neighbour(due, -1, visit.now).unwrap_or(oldest);
            self.record_skip(visit, oldest, last, count - 1, outcome);
        }
    }

    /// Records `outcome` for all due slots but the oldest.
    pub(super) fn record_after(&mut self, visit: &mut Visit<'_>, due: &Due, outcome: Outcome) {
        let (Some(newest), count) = (due.newest(), due.count()) else { return };
        if count > 1 {
            let first = self.neighbour(due, 1, visit.now).unwrap_or(newest);
            self.record_skip(visit, first, newest, count - 1, outcome);
        }
    }

    /// Returns the due slot next to the newest (`-1`) or to the oldest (`1`).
    fn neighbour(&self, due: &Due, step: i64, now: Now) -> Option<Slot> {
        let (passed, oldest, _) = due.grid?;
        let grid = self.grid.as_ref()?;
        match (step, due.extra) {
            (1, Some(_)) => Some(oldest),
            (1, None) => Some(grid.timeline().slot(grid.after(passed.oldest), now)),
            _ if passed.count > 1 => Some(grid.timeline().slot(grid.before(passed.newest), now)),
            _ => due.extra,
        }
    }
}
