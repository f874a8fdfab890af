use crate::scheduler::error::ControlError;
use crate::scheduler::row::Row;
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::{Open, Visit};
use crate::time::Now;

impl Scheduler {
    /// Changes the row of a task, before its slot at `now`.
    pub(super) fn control<T>(
        &mut self,
        name: &str,
        now: Now,
        change: impl FnOnce(&mut Row, &mut Visit<'_>) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        let now = self.read(now);
        let id = self.find(name)?;
        if self.stopping {
            return Err(ControlError::Stopping);
        }
        let answer = self.visit(id, now, Open::ToChange, change);
        answer.unwrap_or_else(|| Err(ControlError::unknown(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::SchedulerOptions;
    use crate::spec::{Interval, TaskSpec};
    use crate::task::{Task, TaskName};
    use crate::time::Instant;

    #[test]
    fn a_control_before_the_start_settles_nothing() {
        let at = |seconds| Now::default().after(core::time::Duration::from_secs(seconds));
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        for name in ["touched", "other"] {
            let spec = TaskSpec::new("").every(Interval::from_secs(10));
            scheduler.add(Task::new(TaskName::new("", name).unwrap(), spec), at(0)).unwrap();
        }
        scheduler.driver().await_start();
        scheduler.pause("touched", at(25)).unwrap();
        scheduler.resume("touched", at(25)).unwrap();
        assert_eq!(scheduler.take_record(), None);
        let next = |scheduler: &Scheduler| {
            scheduler.status(at(25)).into_iter().map(|task| task.next.unwrap().at).collect::<Vec<_>>()
        };
        assert_eq!(next(&scheduler), [Instant::from_secs(35); 2], "as if they began now");
        scheduler.driver().begin_grids(at(27));
        assert_eq!(next(&scheduler), [Instant::from_secs(37); 2]);
        scheduler.pause("other", at(60)).unwrap();
        assert_eq!(scheduler.take_record().map(|record| record.count), Some(2), "of 37, 47 and 57 one runs");
    }

    #[test]
    fn before_the_start_there_are_no_slots() {
        let at = |seconds| Now::default().after(core::time::Duration::from_secs(seconds));
        let every = TaskSpec::new("").every(Interval::from_secs(10));
        let specs = [
            every,
            every.run_immediately(),
            every.jitter(crate::spec::Jitter::Share(50)),
            every.from_finish(),
        ];
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        for (number, spec) in specs.into_iter().enumerate() {
            scheduler.add(Task::new(TaskName::new("", &number.to_string()).unwrap(), spec), at(0)).unwrap();
        }
        scheduler.driver().await_start();
        scheduler.pause("1", at(0)).unwrap();
        for status in scheduler.status(at(3_600)) {
            let soonest = Instant::from_secs(3_600);
            assert!(status.next.is_some_and(|next| next.at >= soonest), "{status:?}");
            assert_eq!((status.counters.skipped_in_all(), status.last_slot), (0, None), "{status:?}");
        }
        scheduler.stop(at(3_600));
        assert_eq!(scheduler.take_record(), None);
    }
}
