use crate::scheduler::effects::Output;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::Upto;
use crate::task::SkipReason;
use crate::time::Now;

impl Scheduler {
    /// Stops: slots from `now` on do not exist, what waits is skipped, what runs is asked to end.
    ///
    /// The runs' ends are still to be reported.
    pub fn stop(&mut self, now: Now) {
        let now = self.read(now);
        self.stopping = true;
        for id in 0..self.rows.len() {
            if let Some(row) = &mut self.rows[id] {
                if self.awaits_start {
                    row.begin_anew(now);
                }
                row.stop(now, &mut self.serial, &mut self.output);
            }
            // There are never more rows than `insert` could number.
            self.requeue(u32::try_from(id).unwrap_or(u32::MAX));
        }
    }
}

impl Row {
    fn stop(&mut self, now: Now, serial: &mut u64, output: &mut Output) {
        self.settle(now, Upto::Before, serial, output);
        let phase = if self.phase == Phase::Active { Phase::Stopped } else { self.phase };
        self.end(phase, SkipReason::Stopping, now, output);
        self.ask_to_end(false, output);
    }
}
