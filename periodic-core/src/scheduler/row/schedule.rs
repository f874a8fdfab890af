//! The undecided slots of a task: the grid, and one slot beside it.

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
            // A run from before it was disabled: its end says when the next slot is.
            grid.suspend();
        } else if spec.first == FirstRun::Immediately {
            let kind = match grid.timeline() {
                Timeline::Boot => SlotKind::Scheduled,
                Timeline::Wall => SlotKind::Extra,
            };
            self.extra = Some(Box::new((now.boot, kind)));
        }
        self.grid = Some(grid);
        self.phase = Phase::Active;
        self.starts = 0;
        self.asked_to_stop = false;
    }

    /// Starts the schedule at `now` if it has decided nothing yet.
    pub(crate) fn begin_anew(&mut self, now: Now) {
        // A trigger may have come before the start; a task that follows its own end then waits for that run's.
        let waits = follows_its_end(self.task.spec()) && !self.going.is_empty();
        if self.phase == Phase::Active && self.last_slot().is_none() && !waits {
            self.begin(now);
        }
    }

    /// Changes the spacing of the grid.
    pub(crate) fn respace(&mut self, spacing: Spacing, now: Now) {
        let decided = self.has_decided_now(now);
        let Some(grid) = &mut self.grid else { return };
        grid.respace(spacing, now, decided);
        self.limit_extra(now);
    }

    /// Goes on by another kind of schedule, which the task has by now.
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

    /// Whether a slot of this very moment was decided.
    fn has_decided_now(&self, now: Now) -> bool {
        let (kind, at, scheduled) = (SlotKind::Scheduled, now.boot, now.wall);
        self.last_slot() == Some(Slot { kind, at, scheduled })
    }

    /// A run's wish for one slot more holds only before the schedule's next.
    pub(crate) fn limit_extra(&mut self, now: Now) {
        let Some(grid) = &self.grid else { return };
        let next = grid.timeline().slot(grid.next(), now).at;
        self.extra.take_if(|extra| extra.0 > now.boot && extra.0 >= next);
    }

    /// Adds one slot at `at`, if it lies before the schedule's next.
    pub(crate) fn ask_for(&mut self, at: Instant, now: Now) {
        let Some(grid) = self.grid.as_mut().filter(|_| self.phase == Phase::Active) else { return };
        let next = grid.timeline().slot(grid.next(), now).at;
        // Of several wishes the earliest holds; the first run of all is none of them and comes before any.
        if at < next && self.extra().is_none_or(|(extra, _)| at < extra) {
            self.extra = Some(Box::new((at, SlotKind::Extra)));
        }
    }

    /// Ends the schedule. What waits is skipped for `reason`; what runs goes on.
    pub(crate) fn end(&mut self, visit: &mut Visit<'_>, phase: Phase, reason: SkipReason) {
        self.drop_waiting(visit, reason);
        self.grid = None;
        self.extra = None;
        self.phase = phase;
    }

    /// Gives a task that follows its own end a next slot, where the run that would have set it was dropped.
    pub(crate) fn rearm(&mut self, now: Now) {
        let waits = follows_its_end(self.task.spec()) && self.going.is_empty();
        if let Some(grid) = self.grid.as_mut().filter(|grid| waits && grid.is_suspended()) {
            grid.restart_at(now.boot);
        }
    }
}
