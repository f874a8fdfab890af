use crate::scheduler::error::ControlError;
use crate::scheduler::row::Phase;
use crate::scheduler::scheduler::Scheduler;
use crate::task::{LeftOut, SkipReason};
use crate::time::Now;

impl Scheduler {
    /// Takes a task off the schedule and drops its grid. An active run continues.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn disable(&mut self, name: &str, now: Now) -> Result<(), ControlError> {
        self.control(name, now, |row, visit| {
            if matches!(row.phase, Phase::Active | Phase::Done) {
                row.end(visit, Phase::Off(LeftOut::Disabled), SkipReason::Stopping);
                row.paused = false;
            }
            Ok(())
        })
    }

    /// Puts a task that is left out on the schedule, as if it was added now.
    ///
    /// # Errors
    /// When the name is not known, its interval is negative, the task is done, or the service is being stopped.
    pub fn enable(&mut self, name: &str, now: Now) -> Result<(), ControlError> {
        self.control(name, now, |row, visit| match row.phase {
            Phase::Done => Err(ControlError::Done(row.task.name().clone())),
            Phase::Off(LeftOut::Negative) => Err(ControlError::NegativeSpacing(row.task.name().clone())),
            Phase::Off(_) => {
                row.begin(visit.now);
                Ok(())
            }
            Phase::Active | Phase::Stopped | Phase::Removed => Ok(()),
        })
    }
}
