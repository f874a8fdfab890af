use periodic::task::{SkipReason, SlotKind};

use super::grid::slot;
use super::{Phase, Task};
use crate::model::declared::Grid;
use crate::model::moment::Moment;

/// The controls of an operator.
impl Task {
    pub(in super::super) fn pause(&mut self, moment: Moment) {
        self.paused = true;
        self.drop_waiting(SkipReason::Paused, moment);
        if self.declared.grid == Grid::FromFinish && self.next.is_none() && self.runs.is_empty() {
            self.count_from(moment);
        }
    }

    pub(in super::super) fn resume(&mut self) {
        self.paused = false;
    }

    pub(in super::super) fn trigger(&mut self, moment: Moment, batch: u64) {
        self.triggers += 1;
        let slot = slot(SlotKind::Manual(self.triggers), moment.boot, moment);
        if self.is_full() { self.overlaps(slot, moment, batch) } else { self.make_ready(slot, batch) }
    }

    pub(in super::super) fn set_spacing(&mut self, spacing: i64, moment: Moment) {
        // Zero means 60 s.
        let spacing = if spacing == 0 { 120 } else { spacing };
        if spacing == self.declared.spacing {
            return;
        }
        self.declared.spacing = spacing;
        if self.next.is_none() {
            return;
        }
        match (self.declared.grid, self.last) {
            // It begins now, whatever was decided before; but a slot of this very moment does not come twice.
            (Grid::Aligned, _) => {
                let now = slot(SlotKind::Scheduled, moment.boot, moment);
                self.look_from(if self.newest == Some(now) { moment.wall } else { moment.wall - 1 });
            }
            (_, Some(last)) => self.next = Some(moment.boot.max(last + spacing)),
            (_, None) => {}
        }
        self.bound_wish(moment);
    }

    pub(in super::super) fn disable(&mut self, moment: Moment) {
        if matches!(self.phase, Phase::On | Phase::Done) {
            self.end(Phase::Disabled, SkipReason::Stopping, moment);
            self.paused = false;
        }
    }

    pub(in super::super) fn enable(&mut self, moment: Moment) {
        if self.phase == Phase::Disabled {
            self.begin(moment);
        }
    }

    pub(in super::super) fn remove(&mut self, moment: Moment) {
        self.end(Phase::Removed, SkipReason::Stopping, moment);
    }

    pub(in super::super) fn stop(&mut self, moment: Moment) {
        let phase = if self.phase == Phase::On { Phase::Stopped } else { self.phase };
        self.end(phase, SkipReason::Stopping, moment);
        for run in &mut self.runs {
            run.cancelled = true;
        }
    }
}
