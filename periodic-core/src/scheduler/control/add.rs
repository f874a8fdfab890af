use crate::scheduler::error::ControlError;
use crate::scheduler::ids::TaskId;
use crate::scheduler::row::Phase;
use crate::scheduler::scheduler::Scheduler;
use crate::task::{SkipReason, Task};
use crate::time::Now;

impl Scheduler {
    /// Adds a task. Its grid begins now, and it is last in the table order.
    ///
    /// # Errors
    /// When a task has that name already, its declaration breaks a rule or names an unknown zone, or the service is
    /// being stopped.
    pub fn add(&mut self, task: Task, now: Now) -> Result<TaskId, ControlError> {
        let now = self.read(now);
        if self.stopping {
            return Err(ControlError::Stopping);
        }
        if self.index.contains(task.name()) {
            return Err(ControlError::Duplicate(task.name().clone()));
        }
        #[cfg(feature = "cron")]
        if let Some(zone) = task.unknown_zone() {
            return Err(ControlError::UnknownZone(task.name().clone(), zone));
        }
        let broken = task.broken_rules();
        if !broken.is_empty() {
            return Err(ControlError::BrokenRules(task.name().clone(), broken));
        }
        Ok(self.insert(task, now))
    }

    /// Removes a task. An active run continues, and its end is still recorded; the name is free at once.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn remove(&mut self, name: &str, now: Now) -> Result<TaskId, ControlError> {
        let (id, name) = self.control(name, now, |row, visit| {
            row.end(visit, Phase::Removed, SkipReason::Stopping);
            Ok((row.id, row.task.name().clone()))
        })?;
        self.index.remove(&name);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::SchedulerOptions;
    use crate::spec::{Interval, TaskSpec};
    use crate::task::{Ended, Next, TaskName};

    /// A place of a row is used again.
    #[test]
    fn an_id_that_is_kept_over_a_removal_is_never_that_of_another_task() {
        let at = |seconds| Now::default().after(core::time::Duration::from_secs(seconds));
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        let add = |scheduler: &mut Scheduler, now| {
            let spec = TaskSpec::new("").every(Interval::from_secs(10)).run_immediately();
            scheduler.add(Task::new(TaskName::new("", "task").unwrap(), spec), now).unwrap()
        };
        let first = add(&mut scheduler, at(0));
        let _ = scheduler.poll(at(0));
        let kept = scheduler.start_next(at(0)).unwrap().id;
        assert_eq!(scheduler.remove("task", at(1)).unwrap(), first);
        assert!(scheduler.finished(kept, Ended::Ok(Next::OnSchedule), at(2)).is_known());
        let second = add(&mut scheduler, at(3));
        assert_eq!((second.place, second == first), (first.place, false));
        let _ = scheduler.poll(at(3));
        let run = scheduler.start_next(at(3)).unwrap().id;
        assert_eq!((kept.task(), run.task()), (first, second));
        assert!(!scheduler.finished(kept, Ended::Ok(Next::OnSchedule), at(4)).is_known());
        assert!(scheduler.finished(run, Ended::Ok(Next::OnSchedule), at(4)).is_known());
        assert_eq!(scheduler.remove("task", at(5)).unwrap(), second);
        assert!(add(&mut scheduler, at(6)) > second, "the third");
    }
}
