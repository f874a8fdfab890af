//! The rules for slots that passed while the task could run.

use core::time::Duration;

use super::Due;
use crate::schedule::Slot;
use crate::scheduler::row::Row;
use crate::scheduler::visit::Visit;
use crate::spec::Missed;
use crate::task::{Outcome, SkipReason};
use crate::time::Now;

/// The default grace of `missed = skip`.
const GRACE_OF_SKIP: Duration = Duration::from_secs(60);

impl Row {
    /// Decides slots that were due while the task could run: the newest is late, the older ones are missed.
    pub(super) fn late(&mut self, visit: &mut Visit<'_>, due: &Due, oldest: Slot, newest: Slot) {
        const MISSED: Outcome = Outcome::Skipped(SkipReason::Missed);
        let missed = self.task.spec().missed.unwrap_or_default();
        let grace = match (self.task.spec().grace, missed) {
            (Some(grace), _) => grace,
            (None, Missed::Skip) => GRACE_OF_SKIP,
            (None, _) => Duration::MAX,
        };
        if let Missed::All(most) = missed {
            self.catch_up(visit, due, u64::from(most.max(1)), grace);
            return;
        }
        if grace != Duration::MAX && self.lateness_of_due(newest, visit.now) > grace {
            self.record_skip(visit, oldest, newest, due.count(), MISSED);
            if let (true, Some(grid)) = (self.follows_its_end(), &mut self.grid) {
                grid.restart_at(visit.now.boot);
            }
            return;
        }
        if due.count() > 1 {
            let older = if missed == Missed::Skip { MISSED } else { Outcome::Coalesced(newest) };
            self.record_before(visit, due, older);
        }
        self.make_ready(visit, newest);
    }

    /// Runs those of the newest `most` slots that are within the grace, one after the other; all others are missed.
    fn catch_up(&mut self, visit: &mut Visit<'_>, due: &Due, most: u64, grace: Duration) {
        let mut run: Vec<Slot> = Vec::new();
        let mut skipped: Option<(Slot, Slot, u64)> = None;
        if let (Some((passed, oldest, newest)), Some(grid)) = (due.grid, self.grid.clone()) {
            let mut at = passed.newest;
            let mut left = passed.count;
            while left > 0 && (run.len() as u64) < most {
                let slot = grid.timeline().slot(at, visit.now);
                if self.lateness_of_due(slot, visit.now) > grace {
                    break;
                }
                run.push(slot);
                left -= 1;
                at = grid.before(at);
            }
            if left > 0 {
                let last = if left == passed.count { newest } else { grid.timeline().slot(at, visit.now) };
                skipped = Some((oldest, last, left));
            }
        }
        if let Some(extra) = due.extra {
            // It is the oldest in slot order; but if the wall clock jumped, older slots of the grid may be later.
            let fits = due.count() <= most && self.lateness_of_due(extra, visit.now) <= grace;
            match skipped.as_mut() {
                _ if fits => run.push(extra),
                Some((first, _, count)) => (*first, *count) = (extra, *count + 1),
                None => skipped = Some((extra, extra, 1)),
            }
        }
        if let Some((first, last, count)) = skipped {
            self.record_skip(visit, first, last, count, Outcome::Skipped(SkipReason::Missed));
        }
        let backlog = &mut self.cold().backlog;
        // Newest first; slots left from before are older.
        run.append(backlog);
        *backlog = run;
        if let Some(slot) = backlog.pop() {
            self.make_ready(visit, slot);
        }
    }

    /// Returns how late a slot is beyond its own jitter, which does not count against the grace.
    fn lateness_of_due(&self, slot: Slot, now: Now) -> Duration {
        let delay = self.grid.as_ref().map_or(Duration::ZERO, |grid| grid.delay_of(slot));
        (now.boot - slot.at).saturating_sub(delay)
    }
}
