use super::{Decided, Row};
use crate::schedule::{Slot, SlotKind, Timeline};
use crate::scheduler::ledger::LastRun;

impl Row {
    /// Returns the newest decided slot of the schedule.
    pub(crate) fn last_slot(&self) -> Option<Slot> {
        match (self.decided, &self.last_run) {
            (Decided::At(slot), _) => Some(slot),
            (Decided::LastRun, LastRun::Well(run)) => Some(run.slot),
            _ => None,
        }
    }

    /// Notes that a slot of the schedule was decided.
    pub(crate) fn note_decided(&mut self, slot: Slot) {
        debug_assert!(self.may_come_next(slot), "{self:?}: {slot:?} is decided again");
        self.decided = Decided::At(slot);
    }

    /// Keeps the newest slot when another run becomes the last one.
    pub(crate) fn keep_last_slot(&mut self) {
        if self.decided == Decided::LastRun {
            self.decided = self.last_slot().map_or(Decided::Never, Decided::At);
        }
    }

    /// Returns the newest decided slot of the schedule, unless it is a trigger's.
    pub(super) fn newest_of_schedule(&self) -> Option<Slot> {
        self.last_slot().filter(|last| !matches!(last.kind, SlotKind::Manual(_)))
    }

    /// Whether a slot comes after the newest decided one, which every slot on the boot-time clock does. A task that was
    /// enabled at the instant of one may have another: its schedule began anew.
    fn may_come_next(&self, slot: Slot) -> bool {
        let is_on_it = self.grid.as_ref().is_some_and(|grid| grid.timeline() == Timeline::Boot);
        !is_on_it || self.newest_of_schedule().is_none_or(|newest| newest.at <= slot.at)
    }
}
