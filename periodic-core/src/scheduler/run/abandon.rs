use crate::scheduler::active_run::ActiveState;
use crate::scheduler::effects::Output;
use crate::scheduler::row::Row;
use crate::task::Outcome;
use crate::time::Now;

impl Row {
    /// Records the outcome of a run that cannot be ended. One that has not begun never will.
    pub(crate) fn abandon(&mut self, run: u64, outcome: Outcome, now: Now, output: &mut Output) {
        let Some(active) = self.going.iter_mut().find(|active| active.serial == run) else { return };
        let started = match active.state {
            ActiveState::Running { started, .. } => started,
            ActiveState::HandedOut { .. } => now.boot,
            ActiveState::Waiting | ActiveState::BackingOff | ActiveState::Abandoned { .. } => return,
        };
        active.state = ActiveState::Abandoned { started };
        self.record_end(run, started, outcome, now, output);
    }

    pub(crate) fn abandon_all(&mut self, outcome: &Outcome, now: Now, output: &mut Output) {
        let mut serials = Vec::with_capacity(self.going.len());
        for active in &self.going {
            serials.push(active.serial);
        }
        for serial in serials {
            self.abandon(serial, outcome.clone(), now, output);
        }
    }
}
