use crate::scheduler::error::ControlError;
use crate::scheduler::row::Phase;
use crate::scheduler::scheduler::Scheduler;
use crate::spec::Interval;
use crate::task::LeftOut;
use crate::time::Now;

impl Scheduler {
    /// Sets a task's spacing: its next slot is the last one plus the new spacing, or now if that is past.
    ///
    /// Zero means the default of 60 s. The same value changes nothing. An aligned task moves to the clock's next
    /// multiple, regardless of earlier decisions. A task that is left out keeps the spacing for when it is enabled.
    ///
    /// # Errors
    /// When the name is not known, the spacing is negative, or the task runs by a cron expression.
    pub fn set_spacing(&mut self, name: &str, interval: Interval, now: Now) -> Result<(), ControlError> {
        self.control(name, now, |row, visit| {
            let Some(before) = row.task.spec().schedule.interval() else {
                return Err(ControlError::NoSpacing(row.task.name().clone()));
            };
            let Some(spacing) = interval.spacing() else {
                return Err(ControlError::NegativeSpacing(row.task.name().clone()));
            };
            if before.spacing() == Some(spacing) {
                return Ok(());
            }
            row.set_task(row.task.with_interval(interval));
            row.respace(spacing, visit.now);
            if row.phase == Phase::Off(LeftOut::Negative) {
                row.phase = Phase::Off(LeftOut::Disabled);
            }
            Ok(())
        })
    }
}
