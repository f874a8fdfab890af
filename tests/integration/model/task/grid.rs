use periodic::task::{Slot, SlotKind};

use super::{Phase, Task, Upto};
use crate::model::declared::{First, Grid};
use crate::model::moment::{Moment, instant, timestamp};

/// Which slots there are, found one by one.
impl Task {
    pub(super) fn begin(&mut self, moment: Moment) {
        self.phase = Phase::On;
        self.starts = 0;
        self.asked_to_stop = false;
        let start = moment.boot;
        (self.last, self.next, self.extra) = match (self.declared.grid, self.declared.first) {
            (Grid::Aligned, first) => {
                let extra = (first == First::Immediately).then_some(start);
                (None, Some(self.boundary_after(moment.wall)), extra)
            }
            // Its next slot is counted from the end of what is still going from before it was disabled.
            (Grid::FromFinish, _) if !self.runs.is_empty() => (None, None, None),
            (_, First::AfterSpacing) => (Some(start), Some(start + self.declared.spacing), None),
            (_, First::Immediately) => (None, Some(start), None),
            (_, First::After(delay)) => (None, Some(start + delay), None),
        };
    }

    /// The first multiple of the spacing after a wall time, found by stepping.
    pub(super) fn boundary_after(&self, wall: i64) -> i64 {
        let mut boundary = 0;
        while boundary > wall {
            boundary -= self.declared.spacing;
        }
        while boundary <= wall {
            boundary += self.declared.spacing;
        }
        boundary
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
        self.last = self.next;
        self.next = self.next.map(|next| next + self.declared.spacing);
        Some(slot(SlotKind::Scheduled, at, moment))
    }

    /// Counts the spacing of a task that follows its own end from this moment.
    pub(super) fn count_from(&mut self, moment: Moment) {
        self.last = Some(moment.boot);
        self.next = Some(moment.boot + self.declared.spacing);
    }

    /// When a poll would change something: a slot that would start, or would cancel a run.
    /// When a poll would change something: a slot that would start, or would cancel a run.
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
