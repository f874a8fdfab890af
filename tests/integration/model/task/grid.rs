use periodic::task::{Slot, SlotKind};

use super::{Phase, Task, Upto};
use crate::model::declared::{First, Grid};
use crate::model::moment::{Moment, instant, timestamp};

/// Which slots there are, found one by one.
impl Task {
    pub(super) fn begin(&mut self, moment: Moment) {
        self.phase = Phase::On;
        self.starts = 0;
        self.ended_by_run = false;
        let start = moment.boot;
        (self.last, self.next, self.extra) = match (self.declared.grid, self.declared.first) {
            (Grid::Aligned, first) => {
                let extra = (first == First::Immediately).then_some(start);
                self.look_from(moment.wall);
                (None, self.next, extra)
            }
            // Its next slot is counted from the end of a run that started before it was disabled.
            (Grid::FromFinish, _) if !self.runs.is_empty() => (None, None, None),
            (_, First::AfterSpacing) => (Some(start), Some(start + self.declared.spacing), None),
            (_, First::Immediately) => (None, Some(start), None),
            (_, First::After(delay)) => (None, Some(start + delay), None),
        };
    }

    /// Forgets the decisions: every slot of the wall clock after `mark` is undecided.
    pub(super) fn look_from(&mut self, mark: i64) {
        self.decided.clear();
        self.begun += 1;
        self.mark = mark;
        self.find_next();
    }

    /// Finds the first undecided slot of the wall clock behind the mark.
    fn find_next(&mut self) {
        let spacing = self.declared.spacing;
        let mut next = self.mark - self.mark.rem_euclid(spacing) + spacing;
        while self.decided.contains(&next) {
            next += spacing;
        }
        self.next = Some(next);
    }

    /// Whether it has slots on the wall clock.
    pub(in super::super) fn follows_the_wall(&self) -> bool {
        self.declared.grid == Grid::Aligned && self.next.is_some()
    }

    /// The wall clock was set back; it has shown all times since `from`.
    ///
    /// Decided slots stay decided, and undecided ones are searched again; after a correction, all are.
    pub(in super::super) fn set_back(&mut self, from: i64, is_correction: bool, moment: Moment) {
        if !self.follows_the_wall() {
            return;
        }
        let before = self.next;
        if is_correction {
            self.look_from(from - 1);
        } else {
            self.mark = self.mark.min(from - 1);
            self.find_next();
        }
        if self.next != before {
            self.bound_wish(moment);
        }
    }

    /// A wish holds only before the schedule's next slot.
    pub(super) fn bound_wish(&mut self, moment: Moment) {
        let next = self.next_at(moment);
        self.extra.take_if(|at| *at > moment.boot && next.is_some_and(|next| *at >= next));
    }

    /// When the next slot of the grid lies on the boot-time clock, if neither clock is set before.
    pub(super) fn next_at(&self, moment: Moment) -> Option<i64> {
        let next = self.next?;
        Some(if self.declared.grid == Grid::Aligned { moment.boot + next - moment.wall } else { next })
    }

    /// Takes the oldest slot that is due.
    pub(super) fn take_due(&mut self, moment: Moment, upto: Upto) -> Option<Slot> {
        let is_due = |at: &i64| *at < moment.boot || upto == Upto::Including && *at == moment.boot;
        let next = self.next_at(moment).filter(is_due);
        let extra = self.extra.filter(is_due);
        // It was before the next of the grid when it was asked for, and stays so when the wall clock is set.
        if let Some(at) = extra {
            self.extra = None;
            return Some(slot(SlotKind::Extra, at, moment));
        }
        let at = next?;
        let taken = self.next?;
        if self.declared.grid == Grid::Aligned {
            self.decided.insert(taken);
            self.mark = taken;
            self.find_next();
        } else {
            (self.last, self.next) = (Some(taken), Some(taken + self.declared.spacing));
        }
        Some(slot(SlotKind::Scheduled, at, moment))
    }

    /// Counts the spacing of a task that follows its own end from this moment.
    pub(super) fn count_from(&mut self, moment: Moment) {
        self.last = Some(moment.boot);
        self.next = Some(moment.boot + self.declared.spacing);
    }

    /// When a poll would change something because of a slot: it would start, cancel a run, or end the wait for a retry.
    pub(in super::super) fn wakes_at(&self, moment: Moment) -> Option<i64> {
        [self.next_at(moment), self.extra].into_iter().flatten().min().filter(|_| self.could_act())
    }

    /// The next undecided slot.
    pub(in super::super) fn next_slot(&self, moment: Moment) -> Option<i64> {
        self.extra.or_else(|| self.next_at(moment))
    }
}

pub(super) fn slot(kind: SlotKind, at: i64, moment: Moment) -> Slot {
    Slot { kind, at: instant(at), scheduled: timestamp(moment.at(at).wall) }
}
