use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::error::ControlError;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::task::SkipReason;
use crate::time::Now;

impl Scheduler {
    /// Pauses a task: its slots pass as [`Paused`](SkipReason::Paused), and runs that wait for their start are
    /// dropped. A slot that waits for its retry ends with the outcome of its last attempt.
    ///
    /// The grid is kept. An active run continues. Pausing twice changes nothing.
    ///
    /// # Errors
    /// When the name is not known, or the task is left out or done.
    pub fn pause(&mut self, name: &str, now: Now) -> Result<(), ControlError> {
        self.control(name, now, |row, visit| {
            row.must_have_slots()?;
            row.paused = true;
            row.drop_waiting(visit, SkipReason::Paused);
            debug_assert!(
                row.going.iter().all(ActiveRun::has_begun),
                "{row:?}: nothing of a paused task may begin"
            );
            Ok(())
        })
    }

    /// Resumes a paused task on its grid. Slots that passed meanwhile are not caught up.
    ///
    /// # Errors
    /// When the name is not known, or the task is left out or done.
    pub fn resume(&mut self, name: &str, now: Now) -> Result<(), ControlError> {
        self.control(name, now, |row, _| {
            row.must_have_slots()?;
            row.paused = false;
            Ok(())
        })
    }
}

impl Row {
    fn must_have_slots(&self) -> Result<(), ControlError> {
        match self.phase {
            Phase::Off(reason) => Err(ControlError::LeftOut(self.task.name().clone(), reason)),
            Phase::Done => Err(ControlError::Done(self.task.name().clone())),
            Phase::Active | Phase::Stopped | Phase::Removed => Ok(()),
        }
    }
}
