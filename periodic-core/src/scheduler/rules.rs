//! What becomes of slots that are due: the rules for pauses, overlaps and missed slots.

use core::time::Duration;

use super::effects::Output;
use super::plain::Taken;
use super::row::{Phase, Row};
use super::visit::Upto;
use crate::schedule::{Passed, Slot};
use crate::spec::{Missed, Overlap};
use crate::task::{Outcome, SkipReason};
use crate::time::Now;

/// The grace of `missed = skip`, where none is stated.
const GRACE_OF_SKIP: Duration = Duration::from_secs(60);

/// Slots of one row that are due and undecided: at most one extra, then those of the grid.
pub(super) struct Due {
    extra: Option<Slot>,
    grid: Option<(Passed, Slot, Slot)>,
}

impl Due {
    fn count(&self) -> u64 {
        u64::from(self.extra.is_some()) + self.grid.map_or(0, |(passed, ..)| passed.count)
    }

    fn oldest(&self) -> Option<Slot> {
        self.extra.or(self.grid.map(|(_, oldest, _)| oldest))
    }

    fn newest(&self) -> Option<Slot> {
        self.grid.map(|(.., newest)| newest).or(self.extra)
    }
}

impl Row {
    /// Decides every undecided slot that is due, under the state that holds now.
    pub(super) fn settle(&mut self, now: Now, upto: Upto, serial: &mut u64, output: &mut Output) {
        match self.take_one(now, upto) {
            Taken::None => return,
            Taken::One(slot, turn) => return self.make_ready_in_turn(turn, slot, serial, output),
            Taken::Unclear => {}
        }
        if !self.going.is_empty() {
            self.settle_retries(now, serial, output);
        }
        if self.phase != Phase::Active || !self.is_due(now, upto) {
            return;
        }
        let due = self.take_due(now, upto);
        let (Some(oldest), Some(newest)) = (due.oldest(), due.newest()) else { return };
        self.note_decided(newest);
        let latest = due.extra.map_or(newest.at, |extra| newest.at.max(extra.at));
        for active in &mut self.going {
            let began = active.began();
            if let Some(retries) = &mut active.retries {
                // What passed while it waited for its place is not its next slot.
                retries.outlived |= began.is_some_and(|began| began <= latest);
            }
        }
        if self.paused {
            self.record_skip(oldest, newest, due.count(), Outcome::Skipped(SkipReason::Paused), now, output);
        } else if self.is_saturated() {
            self.overlapped(&due, oldest, newest, now, serial, output);
        } else {
            self.late(&due, oldest, newest, now, serial, output);
        }
        self.rearm(now);
    }

    pub(super) fn is_due(&self, now: Now, upto: Upto) -> bool {
        let inclusive = i64::from(upto == Upto::Including);
        let before = |at: i64, now: i64| at < now.saturating_add(inclusive);
        self.extra().is_some_and(|(at, _)| before(at.as_nanos(), now.boot.as_nanos()))
            || self.grid.as_ref().is_some_and(|grid| before(grid.due(), grid.timeline().read(now)))
    }

    fn take_due(&mut self, now: Now, upto: Upto) -> Due {
        let inclusive = i64::from(upto == Upto::Including);
        let limit = |at: i64| at.saturating_add(inclusive);
        let extra = self.extra.take_if(|extra| extra.0.as_nanos() < limit(now.boot.as_nanos()));
        let extra = extra.map(|extra| Slot { kind: extra.1, at: extra.0, scheduled: now.wall_at(extra.0) });
        let follows_its_end = self.follows_its_end();
        let paused = self.paused;
        let grid = self.grid.as_mut().and_then(|grid| {
            let limit = limit(grid.timeline().read(now));
            // A task that follows its own end has one next slot, however late it is looked at.
            let taken = match (follows_its_end && !paused, extra) {
                (true, Some(_)) => None,
                (true, None) => grid.take_one(limit),
                (false, _) => grid.take(limit),
            }?;
            Some((taken, grid.timeline().slot(taken.oldest, now), grid.timeline().slot(taken.newest, now)))
        });
        Due { extra, grid }
    }

    /// Slots that were due while as many runs were going as may.
    fn overlapped(
        &mut self,
        due: &Due,
        oldest: Slot,
        newest: Slot,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) {
        const OVERLAP: Outcome = Outcome::Skipped(SkipReason::Overlap);
        match self.overlap() {
            Overlap::Queue if self.held().is_none() => {
                self.rare().held = Some(oldest);
                self.record_after(due, now, output, OVERLAP);
            }
            Overlap::Replace => {
                self.record_before(due, now, output, OVERLAP);
                self.replace_with(newest, now, serial, output);
            }
            Overlap::Skip | Overlap::Queue | Overlap::Allow(_) => {
                self.record_skip(oldest, newest, due.count(), OVERLAP, now, output);
            }
        }
    }

    /// Slots that were due while the task could run: the newest is late, the older ones are missed.
    fn late(
        &mut self,
        due: &Due,
        oldest: Slot,
        newest: Slot,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) {
        const MISSED: Outcome = Outcome::Skipped(SkipReason::Missed);
        let missed = self.task.spec().missed.unwrap_or_default();
        let grace = match (self.task.spec().grace, missed) {
            (Some(grace), _) => grace,
            (None, Missed::Skip) => GRACE_OF_SKIP,
            (None, _) => Duration::MAX,
        };
        if let Missed::All(most) = missed {
            self.catch_up(due, u64::from(most.max(1)), grace, now, serial, output);
            return;
        }
        if grace != Duration::MAX && self.lateness_of_due(newest, now) > grace {
            self.record_skip(oldest, newest, due.count(), MISSED, now, output);
            if let (true, Some(grid)) = (self.follows_its_end(), &mut self.grid) {
                grid.restart_at(now.boot);
            }
            return;
        }
        if due.count() > 1 {
            let older = if missed == Missed::Skip { MISSED } else { Outcome::Coalesced(newest) };
            self.record_before(due, now, output, older);
        }
        self.make_ready(newest, serial, output);
    }

    /// Of the newest `most` slots those within the grace run, one after the other; all others are missed.
    fn catch_up(
        &mut self,
        due: &Due,
        most: u64,
        grace: Duration,
        now: Now,
        serial: &mut u64,
        output: &mut Output,
    ) {
        let mut run: Vec<Slot> = Vec::new();
        let mut skipped: Option<(Slot, Slot, u64)> = None;
        if let (Some((passed, oldest, newest)), Some(grid)) = (due.grid, self.grid.clone()) {
            let mut at = passed.newest;
            let mut left = passed.count;
            while left > 0 && (run.len() as u64) < most {
                let slot = grid.timeline().slot(at, now);
                if self.lateness_of_due(slot, now) > grace {
                    break;
                }
                run.push(slot);
                left -= 1;
                at = grid.before(at);
            }
            if left > 0 {
                let last = if left == passed.count { newest } else { grid.timeline().slot(at, now) };
                skipped = Some((oldest, last, left));
            }
        }
        if let Some(extra) = due.extra {
            // It is the oldest in slot order; but where the wall clock jumped, older ones of the grid may be later.
            let fits = due.count() <= most && self.lateness_of_due(extra, now) <= grace;
            match skipped.as_mut() {
                _ if fits => run.push(extra),
                Some((first, _, count)) => (*first, *count) = (extra, *count + 1),
                None => skipped = Some((extra, extra, 1)),
            }
        }
        if let Some((first, last, count)) = skipped {
            self.record_skip(first, last, count, Outcome::Skipped(SkipReason::Missed), now, output);
        }
        let backlog = &mut self.rare().backlog;
        // Newest first, and what was left from before is older.
        run.append(backlog);
        *backlog = run;
        if let Some(slot) = backlog.pop() {
            self.make_ready(slot, serial, output);
        }
    }

    /// How late a slot is beyond its own jitter, which is meant and does not count against the grace.
    fn lateness_of_due(&self, slot: Slot, now: Now) -> Duration {
        let delay = self.grid.as_ref().map_or(Duration::ZERO, |grid| grid.delay_of(slot));
        (now.boot - slot.at).saturating_sub(delay)
    }

    /// Records all due slots but the newest.
    fn record_before(&mut self, due: &Due, now: Now, output: &mut Output, outcome: Outcome) {
        let (Some(oldest), count) = (due.oldest(), due.count()) else { return };
        if count > 1 {
            let last = self.neighbour(due, -1, now).unwrap_or(oldest);
            self.record_skip(oldest, last, count - 1, outcome, now, output);
        }
    }

    /// Records all due slots but the oldest.
    fn record_after(&mut self, due: &Due, now: Now, output: &mut Output, outcome: Outcome) {
        let (Some(newest), count) = (due.newest(), due.count()) else { return };
        if count > 1 {
            let first = self.neighbour(due, 1, now).unwrap_or(newest);
            self.record_skip(first, newest, count - 1, outcome, now, output);
        }
    }

    /// The due slot next to the newest (`-1`) or to the oldest (`1`).
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
