//! A successful end without any effect but its record: the common case.
//!
//! Its results equal those of the [rules](super::end): with the feature `checked`, each such end is played by both.

use crate::schedule::{NEVER, Slot};
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::ledger::WellRun;
#[cfg(feature = "checked")]
use crate::scheduler::limit::{GroupId, Limits};
use crate::scheduler::row::{Decided, Pace, Row};
use crate::scheduler::run_state::RunState;
use crate::scheduler::spare::Spare;
use crate::scheduler::visit::{Upto, Visit};
use crate::time::{Instant, Now};

/// The proof that a successful end has no effect but its record. [`Row::even_end`] and [`Row::plain_end`] alone make one.
#[must_use]
pub(crate) struct QuietEnd {
    /// When a row at an even pace must be visited next, and that is all it needs.
    wake: Option<i64>,
}

/// A run that ends well, and how it leaves its row.
pub(crate) trait Leaves {
    /// Returns its slot, its start, and when it was due.
    fn facts(&self, row: &Row) -> (Slot, Instant, Instant);

    fn leave(self, row: &mut Row, visit: &mut Visit<'_>);

    /// Notes it as the other drivers' runs are; returns its number.
    #[cfg(feature = "checked")]
    fn note(&self, row: &mut Row) -> u64;
}

/// The only active run of its row.
pub(crate) struct Listed {
    pub(super) started: Instant,
}

/// The run of a sequential pass, which no list has, and which holds no permit.
pub(crate) struct AtHand {
    pub(crate) slot: Slot,
    pub(crate) started: Instant,
}

impl Leaves for Listed {
    #[inline]
    fn facts(&self, row: &Row) -> (Slot, Instant, Instant) {
        let active = &row.going[0];
        (active.slot, self.started, active.queued_at.max(active.slot.at))
    }

    #[inline]
    fn leave(self, row: &mut Row, visit: &mut Visit<'_>) {
        row.remove(visit, 0);
        row.keep_last_slot();
    }

    #[cfg(feature = "checked")]
    fn note(&self, row: &mut Row) -> u64 {
        row.going[0].serial
    }
}

impl Leaves for AtHand {
    fn facts(&self, _: &Row) -> (Slot, Instant, Instant) {
        (self.slot, self.started, self.slot.at)
    }

    fn leave(self, row: &mut Row, _: &mut Visit<'_>) {
        row.decided = Decided::LastRun;
    }

    #[cfg(feature = "checked")]
    fn note(&self, row: &mut Row) -> u64 {
        let permit = Limits::new(None).take(GroupId::SERVICE);
        let permit = permit.unwrap_or_else(|| unreachable!("there is no limit"));
        row.note_at_hand(
            &mut Spare::default(),
            ActiveRun::at_hand(u64::MAX, self.slot, permit, self.started),
        );
        u64::MAX
    }
}

impl Row {
    /// Returns the proof that a run of a row at an even pace, which no list has, ends quietly.
    #[inline]
    pub(crate) fn even_end(&self, started: Instant, now: Now) -> Option<QuietEnd> {
        let next = self.grid.as_ref().filter(|_| self.is_even())?.next();
        let is_quiet = started <= now.boot && now.boot.as_nanos() <= next && next != NEVER;
        is_quiet.then_some(QuietEnd { wake: Some(next) })
    }

    /// Returns the proof that the only run of a plain task ends quietly: no slot is held, and none has passed.
    #[inline]
    pub(super) fn plain_end(&self, started: Instant, now: Now) -> Option<QuietEnd> {
        let waits = self.cold.as_ref().is_some_and(|cold| cold.waits() || cold.last_passed.is_some());
        let is_quiet = self.is_plain() && !waits && now.boot >= started && !self.is_due(now, Upto::Before);
        is_quiet.then_some(QuietEnd { wake: None })
    }

    /// Notes the run of a sequential pass, whose end is not quiet, as the runs of other drivers are noted.
    pub(crate) fn note_at_hand(&mut self, spare: &mut Spare, run: ActiveRun) {
        self.note_decided(run.slot);
        spare.add_run(&mut self.going, run);
        self.pace = Pace::Other;
    }

    /// Returns a run as a listed one, if it is the only one and has no other attempt.
    pub(super) fn listed(&self, run: u64) -> Option<Listed> {
        match self.going.as_slice() {
            [ActiveRun { serial, state: RunState::Running { started, .. }, retries: None, .. }]
                if *serial == run && !self.may_end_out_of_order() =>
            {
                Some(Listed { started: *started })
            }
            _ => None,
        }
    }

    /// Ends a run well; returns when a row at an even pace must be visited next.
    #[expect(
        clippy::inline_always,
        reason = "part of the loop of a pass, where most of what it is given is in registers"
    )]
    #[inline(always)]
    pub(crate) fn end_well<R: Leaves>(
        &mut self,
        visit: &mut Visit<'_>,
        run: R,
        QuietEnd { wake }: QuietEnd,
    ) -> Option<i64> {
        #[cfg(feature = "checked")]
        let expected = self.expected_end(visit, &run);
        let (slot, started, queued_at) = run.facts(self);
        run.leave(self, visit);
        self.record_well(visit, WellRun { slot, started, decided: visit.now.boot }, queued_at);
        #[cfg(feature = "checked")]
        expected.compare(self, visit, wake);
        wake
    }
}
