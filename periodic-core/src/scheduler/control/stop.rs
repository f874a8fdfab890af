use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::{Open, Upto, Visit};
use crate::task::SkipReason;
use crate::time::Now;

impl Scheduler {
    /// Stops the scheduler: slots from `now` on do not exist, waiting runs are skipped, and active runs are asked to
    /// end.
    ///
    /// The driver still reports the ends of the active runs.
    pub fn stop(&mut self, now: Now) {
        let now = self.read(now);
        self.stopping = true;
        let awaits_start = self.awaits_start;
        for id in self.places() {
            self.visit(id, now, Open::AsIs, |row, visit| {
                if awaits_start {
                    row.begin_anew(now);
                }
                row.stop(visit);
            });
        }
        debug_assert_eq!(self.ready(), 0, "a run still waits after the stop");
        self.assert_sound();
    }
}

impl Row {
    fn stop(&mut self, visit: &mut Visit<'_>) {
        self.settle(visit, Upto::Before);
        let phase = if self.phase == Phase::Active { Phase::Stopped } else { self.phase };
        self.end(visit, phase, SkipReason::Stopping);
        self.ask_to_end(visit, false);
    }
}
