//! The undecided slots of a task: the grid, and one slot besides it.

use super::{Phase, Row};
use crate::schedule::{Grid, Slot, SlotKind, Timeline, follows_its_end};
use crate::scheduler::visit::Visit;
use crate::spec::{FirstRun, Spacing};
use crate::task::{LeftOut, SkipReason};
use crate::time::{Instant, Now};

impl Row {
    /// Starts the schedule: at the service's start, or when the task is added or enabled.
    pub(crate) fn begin(&mut self, now: Now) {
        let spec = self.task.spec();
        let Some(mut grid) = Grid::starting(spec, self.task.zone(), self.seed, now) else {
            self.phase = Phase::Off(LeftOut::Negative);
            return;
        };
        if follows_its_end(spec) && !self.going.is_empty() {
            // A run from before it was disabled is active: its end sets the next slot.
            grid.suspend();
        } else if spec.first == FirstRun::Immediately {
            let kind = match grid.timeline() {
                Timeline::Boot => SlotKind::Scheduled,
                Timeline::Wall => SlotKind::Extra,
            };
            let next = grid.timeline().slot(grid.next(), now).at;
            debug_assert!(now.boot < next, "{self:?}: {next:?} is not after the slot besides the schedule");
            self.extra = Some(Box::new((now.boot, kind)));
        }
        self.grid = Some(grid);
        self.phase = Phase::Active;
        self.starts = 0;
        self.ended_by_run = false;
    }

    /// Starts the schedule at `now` if it has no decided slot.
    pub(crate) fn begin_anew(&mut self, now: Now) {
        // A trigger may have come before the start; a task that follows its own end then waits for the end of that
        // run.
        let waits = follows_its_end(self.task.spec()) && !self.going.is_empty();
        if self.phase == Phase::Active && self.last_slot().is_none() && !waits {
            self.begin(now);
        }
    }

    /// Sets the spacing of the grid.
    pub(crate) fn respace(&mut self, spacing: Spacing, now: Now) {
        let decided = self.has_decided_now(now);
        let Some(grid) = &mut self.grid else { return };
        grid.respace(spacing, now, decided);
        self.limit_extra(now);
    }

    /// Changes to another kind of schedule, that of the task in force.
    pub(crate) fn reschedule(&mut self, now: Now) {
        if self.grid.is_none() {
            return;
        }
        let decided = self.has_decided_now(now);
        self.grid = Grid::rescheduled(self.task.spec(), self.task.zone(), self.seed, now, decided);
        if let Some(grid) = &mut self.grid
            && follows_its_end(self.task.spec())
            && !self.going.is_empty()
        {
            grid.suspend();
        }
        self.limit_extra(now);
    }

    /// Whether a slot at exactly this instant was decided.
    fn has_decided_now(&self, now: Now) -> bool {
        let (kind, at, scheduled) = (SlotKind::Scheduled, now.boot, now.wall);
        self.last_slot() == Some(Slot { kind, at, scheduled })
    }

    /// Drops an extra slot that a run asked for, unless it is before the schedule's next.
    pub(crate) fn limit_extra(&mut self, now: Now) {
        let Some(grid) = &self.grid else { return };
        let next = grid.timeline().slot(grid.next(), now).at;
        self.extra.take_if(|extra| extra.0 > now.boot && extra.0 >= next);
    }

    /// Adds one slot at `at`, if it is before the schedule's next.
    ///
    /// Of several requests the earliest holds, also if its slot was decided at this very instant.
    pub(crate) fn ask_for(&mut self, at: Instant, now: Now) {
        let is_decided = self.newest_of_schedule().is_some_and(|newest| newest.at >= at);
        let Some(grid) = self.grid.as_mut().filter(|_| self.phase == Phase::Active && !is_decided) else {
            return;
        };
        let next = grid.timeline().slot(grid.next(), now).at;
        // The first run of all is no request and comes before any.
        if at < next && self.extra().is_none_or(|(extra, _)| at < extra) {
            self.extra = Some(Box::new((at, SlotKind::Extra)));
        }
    }

    /// Ends the schedule. Waiting runs are skipped for `reason`; runs that have begun continue.
    pub(crate) fn end(&mut self, visit: &mut Visit<'_>, phase: Phase, reason: SkipReason) {
        self.drop_waiting(visit, reason);
        self.grid = None;
        self.extra = None;
        self.phase = phase;
    }

    /// Sets the next slot of a task that follows its own end, if the run that would have set it was dropped.
    pub(crate) fn rearm(&mut self, now: Now) {
        let waits = follows_its_end(self.task.spec()) && self.going.is_empty();
        if let Some(grid) = self.grid.as_mut().filter(|grid| waits && grid.is_suspended()) {
            grid.restart_at(now.boot);
        }
    }
}
