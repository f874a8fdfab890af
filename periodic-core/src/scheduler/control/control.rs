use core::fmt;

use crate::schedule::{Slot, SlotKind};
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::error::ControlError;
use crate::scheduler::ids::TaskId;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::{Open, Visit};
use crate::spec::{Interval, Overlap};
use crate::task::{LeftOut, Outcome, SkipReason, Task};
use crate::time::Now;

/// The effect of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a trigger may have been skipped, because the task is going"]
#[non_exhaustive]
pub enum Triggered {
    /// The run starts, or waits for a permit if the number of runs is limited.
    Starts,
    /// A run is active; the triggered run starts when that has ended.
    Queued,
    /// A run is active and is cancelled; the triggered run starts when that has ended.
    Replaces,
    /// A run is active, and the task's `overlap` skips the trigger.
    Skipped,
}

impl fmt::Display for Triggered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Starts => "it starts",
            Self::Queued => "it starts after the active run",
            Self::Replaces => "it replaces the active run",
            Self::Skipped => "skipped, because a run is active",
        })
    }
}

/// Control calls while tasks run.
///
/// `name` is a full name, or a name inside its manager if only one manager has it. Each call first decides the slots
/// before `now` under the state until then, and takes effect before the slot at `now`.
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

    /// Runs a task once, now, outside its grid and its `max_runs`; also while it is paused or done.
    ///
    /// If a run is active, the task's `overlap` decides, and the result is its decision.
    ///
    /// # Errors
    /// When the name is not known, the task is left out, or the service is being stopped.
    pub fn trigger(&mut self, name: &str, now: Now) -> Result<Triggered, ControlError> {
        self.control(name, now, |row, visit| {
            if let Phase::Off(reason) = row.phase {
                return Err(ControlError::LeftOut(row.task.name().clone(), reason));
            }
            row.cold().manual += 1;
            let (at, scheduled) = (visit.now.boot, visit.now.wall);
            let slot = Slot { kind: SlotKind::Manual(row.cold().manual), at, scheduled };
            if !row.is_saturated() {
                visit.effects.ready.next_generation();
                row.make_ready(visit, slot);
                return Ok(Triggered::Starts);
            }
            match row.overlap() {
                Overlap::Queue if row.held().is_none() => {
                    row.cold().held = Some(slot);
                    Ok(Triggered::Queued)
                }
                Overlap::Replace => {
                    row.replace_with(visit, slot);
                    Ok(if row.held().is_some() { Triggered::Replaces } else { Triggered::Starts })
                }
                _ => {
                    let outcome = Outcome::Skipped(SkipReason::Overlap);
                    row.record_skip(visit, slot, slot, 1, outcome);
                    Ok(Triggered::Skipped)
                }
            }
        })
    }

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

    fn control<T>(
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

impl Row {
    fn must_have_slots(&self) -> Result<(), ControlError> {
        match self.phase {
            Phase::Off(reason) => Err(ControlError::LeftOut(self.task.name().clone(), reason)),
            Phase::Done => Err(ControlError::Done(self.task.name().clone())),
            Phase::Active | Phase::Stopped | Phase::Removed => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::SchedulerOptions;
    use crate::spec::TaskSpec;
    use crate::task::{Ended, Next, TaskName};
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
