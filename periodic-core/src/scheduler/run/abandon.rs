use crate::scheduler::row::Row;
use crate::scheduler::visit::Visit;
use crate::task::Outcome;

impl Row {
    /// Records the outcome of a run that cannot be ended. A run that has not begun will not begin.
    pub(crate) fn abandon(&mut self, visit: &mut Visit<'_>, run: u64, outcome: Outcome) {
        let Some(active) = self.going.iter_mut().find(|active| active.serial == run) else { return };
        let Some(started) = active.abandon(visit.now.boot) else { return };
        self.record_end(visit, run, started, outcome);
    }

    pub(crate) fn abandon_all(&mut self, visit: &mut Visit<'_>, outcome: &Outcome) {
        let mut serials = Vec::with_capacity(self.going.len());
        for active in &self.going {
            serials.push(active.serial);
        }
        for serial in serials {
            self.abandon(visit, serial, outcome.clone());
        }
    }
}
