//! The reload of settings while tasks run.

use std::sync::Arc;

use crate::scheduler::error::ControlError;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::{Open, Visit};
use crate::settings::{SettingChange, TaskKey, TaskSetting};
use crate::spec::{ScheduleSpec, TaskSpec};
use crate::table::TaskTable;
use crate::task::{LeftOut, SkipReason, Task};
use crate::time::Now;

impl Scheduler {
    /// Puts the settings of a new table of the declared tasks in force.
    ///
    /// Only differences between the old settings and the new ones are applied. A task that was paused, disabled or
    /// given another spacing by a control call stays so, unless the settings changed that very value.
    ///
    /// - A spacing changes as by [`set_spacing`](Self::set_spacing).
    /// - A cron expression, its zone and its rules hold from now on, regardless of earlier decisions. So do another
    ///   anchor and another alignment, which only another declaration can give.
    /// - A task is taken off the schedule and put on it as by [`disable`](Self::disable) and [`enable`](Self::enable).
    /// - All other values hold from the task's next slot or run.
    ///
    /// A changed task first decides the slots before `now` under the state until then.
    ///
    /// A task that is done stays done; one that has already started as often as a new `max_runs` allows is done now.
    /// Tasks that were added or removed at run time are not changed. Returns the changes of the values in force.
    ///
    /// # Errors
    /// When the service is being stopped, or the values in force would break a rule. Nothing is changed then.
    ///
    /// # Examples
    /// ```
    /// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
    /// # use periodic_core::task::TaskSpec;
    /// # struct Manager;
    /// # impl PeriodicManager for Manager {
    /// #     type Context = ();
    /// #     type Owner = ();
    /// #     fn collect(&self, collector: &mut Collector) {
    /// #         collector.manager("Manager");
    /// #         collector.tasks(&[TaskSpec::new("poll")]);
    /// #     }
    /// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
    /// #         Call::unknown_row("Manager", row)
    /// #     }
    /// # }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use periodic_core::scheduler::SchedulerOptions;
    /// use periodic_core::settings::TaskSettings;
    /// use periodic_core::task::Interval;
    /// use periodic_core::time::Now;
    /// use periodic_core::{Scheduler, Settings, TaskTable};
    ///
    /// let table = TaskTable::of(&Manager, &Settings::new())?;
    /// let mut scheduler = Scheduler::new(table, SchedulerOptions::default(), Now::default());
    ///
    /// let settings = Settings::new().task("poll", TaskSettings::new().spacing(Interval::from_secs(5)));
    /// let changes = scheduler.reconfigure(TaskTable::of(&Manager, &settings)?, Now::default())?;
    /// assert_eq!(changes[0].to_string(), "`Manager.poll`: spacing 1m -> 5s");
    /// # Ok(())
    /// # }
    /// ```
    pub fn reconfigure(&mut self, table: TaskTable, now: Now) -> Result<Vec<SettingChange>, ControlError> {
        let plans = self.plans(table)?;
        // Nothing fails from here on.
        self.reloads += 1;
        let now = self.read(now);
        let mut changes = Vec::new();
        for (id, plan) in plans {
            self.visit(id, now, Open::ToChange, |row, visit| row.carry_out(visit, plan, &mut changes));
            if let Some(row) = &self.rows[id as usize] {
                self.clocks.follow(row.task.spec(), now);
            }
        }
        Ok(changes)
    }

    /// Checks whether [`reconfigure`](Self::reconfigure) would accept the table now, for a caller that changes all of
    /// several schedulers or none.
    ///
    /// # Errors
    /// As of [`reconfigure`](Self::reconfigure).
    pub fn check_reconfigure(&self, table: TaskTable) -> Result<(), ControlError> {
        self.plans(table).map(drop)
    }

    /// Returns the number of tables that were put in force.
    #[doc(hidden)]
    pub fn reloads(&self) -> u64 {
        self.reloads
    }

    fn plans(&self, table: TaskTable) -> Result<Vec<(u32, Plan)>, ControlError> {
        if self.stopping {
            return Err(ControlError::Stopping);
        }
        let mut plans = Vec::new();
        for task in table.into_tasks() {
            let Some(id) = self.index.exactly(task.name()) else { continue };
            let Some(row) = self.rows[id as usize].as_ref() else { continue };
            if let Some(plan) = row.plan(task)? {
                plans.push((id, plan));
            }
        }
        Ok(plans)
    }
}

/// The planned change of one row.
struct Plan {
    /// The task with the new settings.
    configured: Task,
    /// The task as it will be in force, with changes by control calls.
    in_force: Task,
}

impl Row {
    /// Returns the change of this row by new settings, if any.
    fn plan(&self, configured: Task) -> Result<Option<Plan>, ControlError> {
        let Some(held) = self.configured.as_deref() else { return Ok(None) };
        if held.is_configured_as(&configured) {
            return Ok(None);
        }
        let mut spec = *self.task.spec();
        if held.spec().schedule != configured.spec().schedule {
            // The kind may differ, and then the schedule in force has no place for its single keys.
            spec.schedule = configured.spec().schedule;
        }
        for key in TaskKey::ALL {
            let setting = TaskSetting::of(configured.spec(), key);
            if let Some(setting) =
                setting.filter(|setting| Some(*setting) != TaskSetting::of(held.spec(), key))
            {
                setting.apply(&mut spec);
            }
        }
        let in_force = self.task.with_spec(spec, &configured);
        let broken = in_force.broken_rules();
        if !broken.is_empty() {
            return Err(ControlError::BrokenRules(in_force.name().clone(), broken));
        }
        Ok(Some(Plan { configured, in_force }))
    }

    fn carry_out(&mut self, visit: &mut Visit<'_>, plan: Plan, changes: &mut Vec<SettingChange>) {
        let Plan { configured, in_force } = plan;
        self.tell_changes(&configured, in_force.spec(), changes);
        let held = self.configured.replace(Arc::new(configured));
        let held_left_out = held.and_then(|held| held.left_out());
        let before = self.set_task(in_force);
        let spec = *self.task.spec();
        if let Some(grid) = self.grid.as_mut().filter(|_| before.spec().jitter != spec.jitter) {
            grid.set_jitter(spec.jitter, self.seed);
        }
        if spec.schedule.is_negative() {
            // Without a spacing it has no slots, even if a control call put it on the schedule.
            self.leave_out(visit, LeftOut::Negative);
        } else {
            self.change_schedule(before.spec().schedule, visit.now);
            match self.task.left_out() {
                left_out if left_out == held_left_out => {}
                None if matches!(self.phase, Phase::Off(_)) => self.begin(visit.now),
                None => {}
                Some(reason) => self.leave_out(visit, reason),
            }
        }
        if self.phase == Phase::Active && self.has_started_enough() {
            self.end(visit, Phase::Done, SkipReason::Done);
        }
    }

    /// Changes to the schedule that the task has now.
    fn change_schedule(&mut self, before: ScheduleSpec, now: Now) {
        let after = self.task.spec().schedule;
        match after.spacing() {
            _ if before == after => {}
            // Another anchor, or another clock: a run may have suspended the grid, or does so from now on.
            _ if before.origin() != after.origin() => self.reschedule(now),
            // Zero is another way to write the default.
            Some(spacing) if before.spacing() == Some(spacing) => {}
            Some(spacing) if before.spacing().is_some() => self.respace(spacing, now),
            _ => self.reschedule(now),
        }
    }

    /// Takes the task off the schedule, as `disable` does.
    fn leave_out(&mut self, visit: &mut Visit<'_>, reason: LeftOut) {
        match self.phase {
            Phase::Active | Phase::Done => {
                self.end(visit, Phase::Off(reason), SkipReason::Stopping);
                self.paused = false;
            }
            Phase::Off(_) => self.phase = Phase::Off(reason),
            Phase::Stopped | Phase::Removed => {}
        }
    }

    fn tell_changes(&self, configured: &Task, after: &TaskSpec, changes: &mut Vec<SettingChange>) {
        let mut tell = |key, before: String, after: String| {
            if before != after {
                changes.push(SettingChange { task: Some(self.task.name().clone()), key, before, after });
            }
        };
        let Some(held) = self.configured.as_deref() else { return };
        for key in TaskKey::ALL {
            if TaskSetting::of(held.spec(), key) != TaskSetting::of(configured.spec(), key) {
                let before = match (key, self.phase) {
                    // A control call may have changed it from its declaration.
                    (TaskKey::Enabled, Phase::Off(LeftOut::Disabled)) => Some(TaskSetting::Enabled(false)),
                    (TaskKey::Enabled, Phase::Active | Phase::Done) => Some(TaskSetting::Enabled(true)),
                    _ => TaskSetting::of(self.task.spec(), key),
                };
                let written = |setting: Option<TaskSetting>| {
                    setting.map_or("none".into(), |setting| setting.to_string())
                };
                tell(key.as_str(), written(before), written(TaskSetting::of(after, key)));
            }
        }
        let here = |task: &Task| task.left_out() != Some(LeftOut::External);
        tell("run_external_periodic_tasks", here(held).to_string(), here(configured).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manager::{Call, Collector, Given, PeriodicManager};
    use crate::scheduler::SchedulerOptions;
    use crate::settings::{Settings, TaskSettings};
    use crate::spec::Overlap;
    use crate::task::{Ended, Interval, Jitter, Next};
    use crate::time::{Instant, Timestamp};

    /// A task each minute of the wall clock, whose runs are late by up to half of that.
    struct Minutely;

    impl PeriodicManager for Minutely {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            collector.manager("Minutely");
            let spec = TaskSpec::new("poll").every(Interval::from_secs(60)).align();
            collector.tasks(&[spec.jitter(Jitter::Share(500_000))]);
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Minutely", row)
        }
    }

    /// The slot has come, and its run has not.
    #[test]
    fn the_default_spacing_by_another_name_changes_nothing() {
        let at = |nanos| Now::new(Instant::from_nanos(nanos), Timestamp::from_nanos(nanos));
        let table = |settings: &Settings| TaskTable::of(&Minutely, settings).unwrap();
        let mut scheduler = Scheduler::new(table(&Settings::new()), SchedulerOptions::default(), at(1));
        let now = at(60_000_000_001);
        assert_eq!(scheduler.poll(now).ready, 0);
        let next = |scheduler: &Scheduler| scheduler.status(now)[0].next.map(|slot| slot.scheduled);
        let before = next(&scheduler);
        let zero = Settings::new().task("poll", TaskSettings::new().spacing(Interval::from_secs(0)));
        assert_eq!(scheduler.reconfigure(table(&zero), now).unwrap(), []);
        assert_eq!((before, next(&scheduler)), (Some(Timestamp::from_secs(60)), before));
    }

    /// A task each ten seconds, from slot to slot with up to two runs at once, or from the end of its last run.
    struct Anchored {
        from_finish: bool,
    }

    impl PeriodicManager for Anchored {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            collector.manager("Anchored");
            let spec = TaskSpec::new("poll").every(Interval::from_secs(10));
            let spec = if self.from_finish { spec.from_finish() } else { spec.overlap(Overlap::Allow(2)) };
            collector.tasks(&[spec]);
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Anchored", row)
        }
    }

    /// The table of a newer build, for example.
    #[test]
    fn another_anchor_during_a_run_holds_from_now_on() {
        let at = |secs| Now::new(Instant::from_secs(secs), Timestamp::from_secs(secs));
        let table = |from_finish| TaskTable::of(&Anchored { from_finish }, &Settings::new()).unwrap();
        for from_finish in [false, true] {
            let mut scheduler = Scheduler::new(table(!from_finish), SchedulerOptions::default(), at(0));
            assert_eq!(scheduler.poll(at(10)).ready, 1);
            let run = scheduler.start_next(at(10)).unwrap();
            scheduler.reconfigure(table(from_finish), at(11)).unwrap();
            assert!(scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), at(13)).is_known());
            let next = scheduler.status(at(13))[0].next.map(|slot| slot.at);
            let expected = if from_finish { 23 } else { 21 };
            assert_eq!(next, Some(Instant::from_secs(expected)), "from the end: {from_finish}");
            let due = at(expected);
            assert_eq!(
                (scheduler.poll(due).ready, scheduler.status(due)[0].counters.skipped_in_all()),
                (1, 0)
            );
        }
    }

    #[test]
    fn the_last_run_from_before_another_anchor_sets_the_next_slot() {
        let at = |secs| Now::new(Instant::from_secs(secs), Timestamp::from_secs(secs));
        let table = |from_finish| TaskTable::of(&Anchored { from_finish }, &Settings::new()).unwrap();
        let mut scheduler = Scheduler::new(table(false), SchedulerOptions::default(), at(0));
        let runs = [10, 20].map(|secs| {
            assert_eq!(scheduler.poll(at(secs)).ready, 1);
            scheduler.start_next(at(secs)).unwrap().id
        });
        scheduler.reconfigure(table(true), at(21)).unwrap();
        for (run, end, next) in [(runs[1], 23, None), (runs[0], 25, Some(35))] {
            assert!(scheduler.finished(run, Ended::Ok(Next::OnSchedule), at(end)).is_known());
            let slot = scheduler.status(at(end))[0].next;
            assert_eq!(slot.map(|slot| slot.at), next.map(Instant::from_secs));
        }
    }
}
