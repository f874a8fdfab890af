//! The reload of settings while the runner runs.

use std::collections::{HashMap, HashSet};
use std::mem;

use periodic_core::scheduler::ControlError;
use periodic_core::settings::{ServiceOptions, SettingChange};
use periodic_core::task::TaskName;
use periodic_core::{Settings, TaskTable};

use super::Handle;
use crate::Error;
use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::error::Reload;
use crate::runner::events::{log, watch};
use crate::runner::state::shared::At;
use crate::runner::state::state::State;
#[cfg(feature = "settings")]
use crate::settings::SettingsError;

impl Handle {
    /// Puts settings in force while the runner runs: all of them, or none.
    ///
    /// The table is built again with the new settings, and the differences from the settings in force are applied: see
    /// [`Scheduler::reconfigure`](periodic_core::Scheduler::reconfigure). Changes by control calls stay, unless the
    /// settings changed that very value. Of the service's options, `periodic_enable`, `run_external_periodic_tasks`,
    /// `periodic_interval_max` and `graceful_shutdown_timeout` take effect, the last two unless the builder set them.
    /// `periodic_precise` and `periodic_run_spans` take effect when the runner is built again; the other options are
    /// for the service around the runner.
    ///
    /// An active run keeps its `retry`, and its current attempt keeps its timeout. If its task now has `overlap` set
    /// to `replace`, it is asked to end but not dropped.
    ///
    /// [`SettingsSource::read`](crate::settings::SettingsSource::read) reads a file again, and
    /// [`ServiceControl::reload`](crate::service::ServiceControl::reload) the source of a service.
    ///
    /// Each change is logged at INFO; refused settings are logged at ERROR, with all their errors.
    ///
    /// # Errors
    /// When the table cannot be built with these settings, or the service is being stopped. The old settings stay.
    pub fn reload(&self, settings: &Settings) -> Result<Vec<SettingChange>, Error> {
        told(self.put_in_force(settings))
    }

    /// Returns the settings, if [`reload`](Self::reload) would now put them in force; otherwise logs the error and
    /// returns it.
    pub(crate) fn check_read(&self, settings: Result<Settings, Reload>) -> Result<Settings, Error> {
        let checked = settings.and_then(|settings| {
            let table = (self.shared.make_table)(&settings).ok_or(ControlError::Stopping)??;
            let mut compared = self.compared(table);
            self.shared.look(|state| state.scheduler.check_reconfigure(compared.take(state)))?;
            Ok(settings)
        });
        checked.map_err(Error::from).inspect_err(refused)
    }

    /// Puts the settings in force, or logs why they could not be read.
    #[cfg(feature = "settings")]
    pub(crate) fn reload_read(
        &self,
        settings: Result<Settings, SettingsError>,
    ) -> Result<Vec<SettingChange>, Error> {
        told(settings.map_err(Reload::from).and_then(|settings| self.put_in_force(&settings)))
    }

    fn put_in_force(&self, settings: &Settings) -> Result<Vec<SettingChange>, Reload> {
        // Not under the lock: a manager's `collect` may be the user's code.
        let table = (self.shared.make_table)(settings).ok_or(ControlError::Stopping)??;
        let warnings = table.warnings().to_vec();
        let notes_of = table.clone();
        let mut compared = self.compared(table);
        let (changes, node, now) = self.shared.visit(At::Now, |state, now| {
            let mut changes = state.scheduler.reconfigure(compared.take(state), now)?;
            state.tell_watchers(&changes);
            state.set_options(*settings.options(), &mut changes);
            Ok::<_, ControlError>((changes, state.scheduler.node().to_owned(), now.wall))
        })?;
        // A waker may belong to an executor of the user.
        let _ = catch_panic(|| self.shared.reloaded.notify_waiters());
        catch_subscriber(|| log::warnings(&warnings));
        let of_schedule = |change: &&SettingChange| ["cron", "tz", "dst", "enabled"].contains(&change.key);
        // A set, because there may be as many changes as tasks.
        let rescheduled: HashSet<&TaskName> =
            changes.iter().filter(of_schedule).filter_map(|change| change.task.as_ref()).collect();
        let mut notes = notes_of.notes(&node, now);
        notes.retain(|note| rescheduled.contains(&note.task));
        catch_subscriber(|| log::notes(&notes));
        Ok(changes)
    }
}

/// A table, compared with the settings in force. That of all tasks would hold the lock too long.
struct Compared {
    /// The number of reloads by then.
    reloads: u64,
    /// The tasks for which the settings in force were other ones.
    changed: TaskTable,
    all: TaskTable,
}

impl Compared {
    /// Takes the tasks that may have to be changed: all, if another reload came in between. The others are dropped
    /// outside the lock.
    fn take(&mut self, state: &State) -> TaskTable {
        let is_current = state.scheduler.reloads() == self.reloads;
        mem::take(if is_current { &mut self.changed } else { &mut self.all })
    }
}

impl Handle {
    fn compared(&self, all: TaskTable) -> Compared {
        let reloads = self.shared.look(|state| state.scheduler.reloads());
        let held = self.shared.look_in_pages(|state, page| state.scheduler.configured_page(page));
        let held: HashMap<_, _> = held.iter().map(|task| (task.name(), task)).collect();
        let mut changed = all.clone();
        changed.retain(|task| held.get(task.name()).is_some_and(|held| !held.is_configured_as(task)));
        Compared { reloads, changed, all }
    }
}

fn told(reload: Result<Vec<SettingChange>, Reload>) -> Result<Vec<SettingChange>, Error> {
    let reload = reload.map_err(Error::from);
    reload.inspect(|changes| catch_subscriber(|| log::reloaded(changes))).inspect_err(refused)
}

fn refused(error: &Error) {
    // A stop is no error of the settings, and no task runs with the old ones then.
    if error.control() != Some(&ControlError::Stopping) {
        catch_subscriber(|| log::not_reloaded(error));
    }
}

impl State {
    /// Reports the changed tasks to the watchers.
    fn tell_watchers(&mut self, changes: &[SettingChange]) {
        for SettingChange { task, key, after, .. } in changes {
            let Some(task) = task else { continue };
            let change = match (*key, after.as_str()) {
                ("spacing", _) => watch::ControlChange::Respaced,
                ("enabled" | "run_external_periodic_tasks", "true") => watch::ControlChange::Enabled,
                ("enabled" | "run_external_periodic_tasks", _) => watch::ControlChange::Disabled,
                _ => watch::ControlChange::Configured,
            };
            self.changed(task.as_str(), change);
        }
    }

    /// Puts the options in force that the runner uses.
    fn set_options(&mut self, options: ServiceOptions, changes: &mut Vec<SettingChange>) {
        let held = mem::replace(&mut self.options, options);
        for ((key, before), (_, after)) in held.entries().zip(options.entries()) {
            let obeyed = match key {
                "periodic_enable" => true,
                "periodic_interval_max" => self.overrides.max_idle.is_none(),
                "graceful_shutdown_timeout" => self.overrides.grace.is_none(),
                _ => false,
            };
            if obeyed && before != after {
                changes.push(SettingChange::of_option(key, before, after));
            }
        }
        self.scheduler
            .driver()
            .set_max_idle(self.overrides.max_idle.unwrap_or(options.periodic_interval_max));
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::PeriodicManager;
    use periodic_core::manager::{Call, Collector, Given};
    use periodic_core::settings::TaskSettings;
    use periodic_core::task::{Interval, TaskSpec};

    use super::*;
    use crate::Runner;

    struct Two;

    impl PeriodicManager for Two {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            collector.manager("Two");
            collector.tasks(&[TaskSpec::new("one"), TaskSpec::new("other")]);
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Two", row)
        }
    }

    #[test]
    fn what_differs_is_left_unless_another_reload_came_first() {
        let runner = Runner::builder(Two).build().unwrap();
        let handle = runner.handle();
        let spacing = |task, seconds| {
            Settings::new().task(task, TaskSettings::new().spacing(Interval::from_secs(seconds)))
        };
        let compared = || handle.compared(TaskTable::of(&Two, &spacing("one", 5)).unwrap());
        let taken = |mut compared: Compared| {
            let table = handle.shared.look(|state| compared.take(state));
            table.tasks().iter().map(|task| task.name().task().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(taken(compared()), ["one"]);
        let before = compared();
        handle.reload(&spacing("other", 7)).unwrap();
        assert_eq!(taken(before), ["one", "other"]);
        assert_eq!(taken(compared()), ["one", "other"]);
        handle.reload(&spacing("one", 5)).unwrap();
        assert_eq!(taken(compared()), [""; 0]);
    }
}
