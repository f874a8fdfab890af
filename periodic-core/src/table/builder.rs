use periodic_text::rules::{Level, Rule};

use super::duplicates::Names;
use super::{TableError, TableProblem, TaskTable, Warning, misplaced};
use crate::manager::problems::Problems;
use crate::manager::{Collector, PeriodicManager};
use crate::settings::{ServiceOptions, Settings};
use crate::spec::TaskSpec;
use crate::task::{LeftOut, Task};

/// Builds one table of the tasks of several managers.
///
/// The managers keep their order: the tasks of the first one come first. [`Task::part`](crate::task::Task::part)
/// returns the number of a task's manager.
///
/// # Examples
/// ```
/// use periodic_core::{Settings, TaskTable};
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::TaskSpec;
/// # struct Manager(&'static str);
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager(self.0);
/// #         collector.tasks(&[TaskSpec::new("poll")]);
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("Manager", row)
/// #     }
/// # }
/// # let (compute, volumes) = (Manager("Compute"), Manager("Volumes"));
/// let table = TaskTable::builder().manager(&compute).manager(&volumes).build(&Settings::default())?;
/// let tasks: Vec<_> = table.tasks().iter().map(|task| (task.name().as_str(), task.part())).collect();
/// assert_eq!(tasks, [("Compute.poll", 0), ("Volumes.poll", 1)]);
/// # Ok::<(), periodic_core::table::TableError>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct TableBuilder(Collector);

impl TableBuilder {
    /// Collects the tasks of `manager`, below those of the earlier managers.
    pub fn manager<M: PeriodicManager + ?Sized>(mut self, manager: &M) -> Self {
        self.0.part(manager);
        self
    }

    /// Applies `settings`, and builds the table.
    ///
    /// # Errors
    /// As for [`TaskTable::of`]. Two managers of one service must not have a task with the same full name.
    pub fn build(self, settings: &Settings) -> Result<TaskTable, TableError> {
        TaskTable::collected(self.0, settings)
    }
}

impl TaskTable {
    /// Collects the tasks of `manager` and applies `settings` to them.
    ///
    /// # Errors
    /// When two tasks have one name, or when an `except` or the settings name an unknown task. When a declaration
    /// breaks a rule with the settings applied, or when code has set an invalid option of the service. All mistakes are
    /// reported at once.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::{Settings, TaskTable};
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
    /// # let manager = Manager;
    /// let table = TaskTable::of(&manager, &Settings::default())?;
    /// assert_eq!(table.tasks()[0].name().as_str(), "Manager.poll");
    /// # Ok::<(), periodic_core::table::TableError>(())
    /// ```
    pub fn of<M: PeriodicManager + ?Sized>(manager: &M, settings: &Settings) -> Result<Self, TableError> {
        Self::builder().manager(manager).build(settings)
    }

    /// Creates a builder for the tasks of several managers.
    pub fn builder() -> TableBuilder {
        TableBuilder::default()
    }

    fn collected(collector: Collector, settings: &Settings) -> Result<Self, TableError> {
        let (rows, problems) = collector.finish();
        let mut problems = problems.map(TableProblem::from);
        if let Some(count) = settings.too_many_patterns() {
            // Before any is tried.
            problems.push(|| TableProblem::TooManyPatterns { count });
            return TableError::of(problems).map_or_else(|| Ok(Self::default()), Err);
        }
        let mut table = Self::default();
        let mut names = Names::for_rows(rows.len());
        let mut unknown = settings.all_layers();
        for (name, row) in rows {
            if let Err(duplicate) = names.add(&name, row.origin) {
                problems.push(|| duplicate.into());
                continue;
            }
            settings.retain_others(&mut unknown, &name);
            let spec = settings.applied_to(&name, &row.spec);
            let by_service = left_out_by(settings.options(), &spec);
            table.add(Task::in_table(name, spec, row.part, row.path, by_service), settings, &mut problems);
        }
        let options = settings.options().out_of_range();
        options.for_each(|what| problems.push(|| TableProblem::OptionOutOfRange { what }));
        for (pattern, origin) in settings.patterns(&unknown) {
            problems.push(|| {
                let near = pattern.nearest(table.tasks.iter().map(Task::name));
                TableProblem::UnknownTask { pattern: pattern.to_string(), origin: origin.cloned(), near }
            });
        }
        TableError::of(problems).map_or(Ok(table), Err)
    }

    fn add(&mut self, task: Task, settings: &Settings, problems: &mut Problems<TableProblem>) {
        #[cfg(feature = "cron")]
        if let Some(zone) = task.unknown_zone() {
            problems.push(|| {
                let origin = settings.origin_of(task.name(), &[crate::settings::TaskKey::Tz]).cloned();
                TableProblem::UnknownZone { task: task.name().clone(), zone, origin }
            });
        }
        for rule in Rule::broken_by(misplaced::facts(settings, task.name(), task.spec())) {
            let origin = || misplaced::origin(settings, task.name(), task.spec(), rule).cloned();
            let (name, what) = (task.name().clone(), rule.message());
            match rule.level() {
                Level::Unlikely => self.warnings.push(Warning { task: name, what, origin: origin() }),
                _ => problems.push(|| TableProblem::BrokenRule { task: name, what, origin: origin() }),
            }
        }
        self.tasks.push(task);
    }
}

/// Returns the reason why a service with these options leaves the task out.
fn left_out_by(options: &ServiceOptions, spec: &TaskSpec) -> Option<LeftOut> {
    if options.periodic_enable {
        (spec.external_process_ok && !options.run_external_periodic_tasks).then_some(LeftOut::External)
    } else {
        Some(LeftOut::NotEnabled)
    }
}
