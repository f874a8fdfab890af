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

#[cfg(test)]
mod tests {
    use crate::scheduler::{Scheduler, SchedulerOptions};
    use crate::spec::{Interval, TaskSpec};
    use crate::task::{Ended, Next, Task, TaskName};
    use crate::time::{Instant, Now, Timestamp};

    /// The caller read its clock, and then another thread polled.
    #[test]
    fn a_spacing_by_a_reading_before_a_decided_slot_does_not_repeat_it() {
        let at = |millis: i64| {
            let nanos = millis * 1_000_000;
            Now { boot: Instant::from_nanos(nanos), wall: Timestamp::from_nanos(nanos) }
        };
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(1));
        let spec = TaskSpec::new("").every(Interval::from_secs(60)).align();
        scheduler.add(Task::new(TaskName::new("Manager", "poll").unwrap(), spec), at(1)).unwrap();
        assert_eq!(scheduler.poll(at(60_001)).ready, 1);
        let run = scheduler.start_next(at(60_001)).unwrap();
        assert!(scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), at(60_001)).is_known());
        scheduler.set_spacing("poll", Interval::from_secs(30), at(59_999)).unwrap();
        assert_eq!([60_002, 90_000].map(|millis| scheduler.poll(at(millis)).ready), [0, 1]);
    }
}
