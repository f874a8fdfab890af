use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::error::ControlError;
use crate::scheduler::ledger::{Counters, Tally};
use crate::scheduler::row::Row;
use crate::scheduler::run_state::RunState;
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::Open;
use crate::time::Now;

impl Scheduler {
    /// Sets a task's counters to zero. Slots before `now` count as before the reset.
    ///
    /// Active runs stay counted as started, so that no more runs end than have started. The last records of the task
    /// are kept. Allowed while the service is being stopped.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn reset_counters(&mut self, name: &str, now: Now) -> Result<(), ControlError> {
        let id = self.find(name)?;
        self.reset_row(id, now);
        Ok(())
    }

    /// Sets the counters of all tasks to zero, as [`reset_counters`](Self::reset_counters) does.
    pub fn reset_all_counters(&mut self, now: Now) {
        for id in self.places() {
            self.reset_row(id, now);
        }
    }

    pub(in crate::scheduler) fn reset_row(&mut self, id: u32, now: Now) {
        let now = self.read(now);
        self.visit(id, now, Open::Settled, |row, _| {
            row.totals = Tally { runs: row.open_runs(), ..Tally::default() };
            if let Some(cold) = &mut row.cold {
                cold.counters = Counters::default();
            }
        });
    }
}

impl Row {
    /// Returns the number of runs that have started and whose outcome is not recorded yet.
    fn open_runs(&self) -> u64 {
        let open =
            |active: &&ActiveRun| matches!(active.state, RunState::Running { .. }) || active.awaits_retry();
        self.going.iter().filter(open).count() as u64
    }
}
