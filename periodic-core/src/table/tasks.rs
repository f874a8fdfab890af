use core::fmt;
use core::time::Duration;
use std::collections::HashMap;
use std::sync::Arc;

use periodic_text::rules::{Level, Rule};

use super::path::Path;
use super::problems::Problems;
use super::{Collector, Note, Settings, TableBuilder, TableError, TableProblem, Warning, misplaced};
use crate::manager::PeriodicManager;
use crate::schedule::{Calendar, Spread, UnknownZone, Zone};
use crate::settings::ServiceOptions;
use crate::task::{Slot, SlotKind, TaskName, TaskSpec};
use crate::time::Timestamp;

/// One task of a table: its full name, what is in force for it, and where its manager finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    name: TaskName,
    /// Shared by tasks that are declared alike: a fleet's devices may be a million.
    spec: Arc<TaskSpec>,
    part: usize,
    path: Path,
    left_out: Option<LeftOut>,
    /// The zone of its schedule, if that has one. Looked up once, because others wait while a scheduler takes a task
    /// in.
    zone: Result<Option<Zone>, Box<UnknownZone>>,
}

/// Why a task is listed but has no slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// Its spacing is negative.
    Negative,
    /// It is disabled.
    Disabled,
    /// It is `external_process_ok`, and this process leaves such tasks to another.
    External,
    /// The settings say `periodic_enable = false`: this process runs no declared tasks.
    NotEnabled,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "its interval is negative",
            Self::Disabled => "it is disabled",
            Self::External => "another process runs the external tasks",
            Self::NotEnabled => "`periodic_enable` is false",
        })
    }
}

impl Task {
    /// A task that is no row of a manager: one that is added at run time.
    pub fn new(name: TaskName, spec: TaskSpec) -> Self {
        Self::resolved(name, spec, Path::default(), &ServiceOptions::default())
    }

    fn resolved(name: TaskName, spec: TaskSpec, path: Path, options: &ServiceOptions) -> Self {
        let left_out = if spec.schedule.is_negative() {
            Some(LeftOut::Negative)
        } else if !spec.enabled {
            Some(LeftOut::Disabled)
        } else if !options.periodic_enable {
            Some(LeftOut::NotEnabled)
        } else if spec.external_process_ok && !options.run_external_periodic_tasks {
            Some(LeftOut::External)
        } else {
            None
        };
        let zone = Zone::of(&spec.schedule);
        Self { name, spec: Arc::new(spec), part: 0, path, left_out, zone }
    }

    /// The full name.
    pub fn name(&self) -> &TaskName {
        &self.name
    }

    /// The declaration with the settings applied.
    pub fn spec(&self) -> &TaskSpec {
        &self.spec
    }

    /// Which manager of its table it belongs to, counted from 0; 0 for one added at run time.
    pub fn part(&self) -> usize {
        self.part
    }

    /// Shares its declaration with `other`, if that has the same.
    pub(crate) fn share_spec(&mut self, other: &Self) {
        if self.spec == other.spec {
            self.spec = Arc::clone(&other.spec);
        }
    }

    /// Where [`PeriodicManager::call`] finds the task; empty for one added at run time.
    pub fn path(&self) -> &[u32] {
        self.path.rows()
    }

    /// Why the task has no slots, if so.
    pub fn left_out(&self) -> Option<LeftOut> {
        self.left_out
    }

    /// The rules that the declaration, with the settings applied, breaks: what is wrong and what to do, for each. A
    /// table refuses a task with any.
    ///
    /// # Examples
    /// ```
    /// use std::time::Duration;
    /// use periodic_core::table::Task;
    /// use periodic_core::task::{TaskName, TaskSpec};
    ///
    /// let name = TaskName::new("Manager", "poll")?;
    /// let task = Task::new(name, TaskSpec::new("poll").timeout(Duration::ZERO));
    /// assert_eq!(task.broken_rules(), ["`timeout` must be longer than zero; remove it for no timeout"]);
    /// # Ok::<(), periodic_core::task::NameError>(())
    /// ```
    pub fn broken_rules(&self) -> Vec<&'static str> {
        let broken = Rule::broken_by(self.spec.facts());
        broken.filter(|rule| rule.level() != Level::Unlikely).map(Rule::message).collect()
    }

    /// Warnings about parts of the declaration that work but are likely not meant, as [`TaskTable::warnings`] of the
    /// tasks of a table.
    pub fn warnings(&self) -> Vec<Warning> {
        let broken = Rule::broken_by(self.spec.facts());
        let unlikely = broken.filter(|rule| rule.level() == Level::Unlikely);
        unlikely.map(|rule| Warning { task: self.name.clone(), what: rule.message(), origin: None }).collect()
    }

    /// The same task, otherwise declared; in the zone, and left out for the reason, that it has as `configured`.
    pub(crate) fn with_spec(&self, spec: TaskSpec, configured: &Self) -> Self {
        Self {
            spec: Arc::new(spec),
            left_out: configured.left_out,
            zone: configured.zone.clone(),
            ..self.clone()
        }
    }

    /// The slots of a cron schedule on a node of this name; `None` for other schedules, and where the zone is not
    /// known. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn calendar(&self, node: &str) -> Option<Calendar> {
        self.calendar_of(node)
    }

    fn calendar_of(&self, node: &str) -> Option<Calendar> {
        self.calendar_with(Spread::seed(self.name.as_str(), node))
    }

    pub(crate) fn calendar_with(&self, seed: u64) -> Option<Calendar> {
        Calendar::of(&self.spec.schedule, self.zone.as_ref().ok()?.as_ref(), seed)
    }

    /// The distance from a slot to the schedule's next, on a node of this name: of a cron schedule that around it where
    /// the slot lies beside it. `None` where there is no next.
    pub fn distance_after(&self, slot: Slot, node: &str) -> Option<Duration> {
        if let Some(spacing) = self.spec.schedule.spacing() {
            return Some(spacing.as_duration());
        }
        let calendar = self.calendar_of(node)?;
        let next = calendar.next_after(slot.scheduled)?;
        let from = match slot.kind {
            SlotKind::Scheduled => slot.scheduled,
            SlotKind::Extra | SlotKind::Manual(_) => calendar.prev_before(next).unwrap_or(slot.scheduled),
        };
        u64::try_from(next.as_nanos().saturating_sub(from.as_nanos())).ok().map(Duration::from_nanos)
    }

    /// What is wrong with the zone of its schedule. Only with the feature `cron`.
    ///
    /// The zone was looked for when the task was made.
    #[cfg(feature = "cron")]
    pub fn unknown_zone(&self) -> Option<UnknownZone> {
        self.zone.as_ref().err().map(|unknown| UnknownZone::clone(unknown))
    }

    /// The same task with another spacing.
    pub(crate) fn with_interval(&self, interval: crate::task::Interval) -> Self {
        Self {
            spec: Arc::new(TaskSpec { schedule: self.spec.schedule.with_interval(interval), ..*self.spec }),
            ..self.clone()
        }
    }
}

/// Every task of a manager, or of several, and of all that they include, in the order in which due tasks start.
///
/// Printed, it is a table with a line for each task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskTable {
    tasks: Vec<Task>,
    warnings: Vec<Warning>,
}

impl TaskTable {
    /// Collects the tasks of `manager` and applies `settings` to them.
    ///
    /// # Errors
    /// When two tasks have one name, an `except` or the settings name a task that there is not, or a declaration, with
    /// the settings applied, breaks a rule, or code has set an option of the service to what it cannot be. All of it
    /// is reported at once.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::{Settings, TaskTable};
    /// # use periodic_core::manager::{Call, Given, PeriodicManager};
    /// # use periodic_core::table::Collector;
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

    /// Begins a table of the tasks of several managers.
    pub fn builder() -> TableBuilder {
        TableBuilder::default()
    }

    pub(super) fn collected(collector: Collector, settings: &Settings) -> Result<Self, TableError> {
        let (rows, mut problems) = collector.finish();
        if let Some(count) = settings.too_many_patterns() {
            // Before any is tried.
            problems.push(|| TableProblem::TooManyPatterns { count });
            return problems.into_error().map_or(Ok(Self::default()), Err);
        }
        let mut table = Self::default();
        let mut origins: HashMap<TaskName, String> = HashMap::with_capacity(rows.len());
        let mut unknown = settings.all_layers();
        for (name, row) in rows {
            if let Some(first) = origins.get(&name) {
                problems.push(|| TableProblem::Duplicate { name, first: first.clone(), second: row.origin });
                continue;
            }
            origins.insert(name.clone(), row.origin);
            settings.retain_others(&mut unknown, &name);
            let spec = settings.applied_to(&name, &row.spec);
            let task = Task::resolved(name, spec, row.path, settings.options());
            table.add(Task { part: row.part, ..task }, settings, &mut problems);
        }
        let options = settings.options().out_of_range();
        options.for_each(|what| problems.push(|| TableProblem::OptionOutOfRange { what }));
        for (pattern, origin) in settings.patterns(&unknown) {
            problems.push(|| {
                let near = pattern.nearest(table.tasks.iter().map(Task::name));
                TableProblem::UnknownTask { pattern: pattern.to_string(), origin: origin.cloned(), near }
            });
        }
        problems.into_error().map_or(Ok(table), Err)
    }

    fn add(&mut self, task: Task, settings: &Settings, problems: &mut Problems) {
        #[cfg(feature = "cron")]
        if let Some(zone) = task.unknown_zone() {
            problems.push(|| {
                let origin = settings.origin_of(&task.name, &[crate::settings::TaskKey::Tz]).cloned();
                TableProblem::UnknownZone { task: task.name.clone(), zone, origin }
            });
        }
        for rule in Rule::broken_by(misplaced::facts(settings, &task.name, &task.spec)) {
            let origin = || misplaced::origin(settings, &task.name, &task.spec, rule).cloned();
            let (name, what) = (task.name.clone(), rule.message());
            match rule.level() {
                Level::Unlikely => self.warnings.push(Warning { task: name, what, origin: origin() }),
                _ => problems.push(|| TableProblem::BrokenRule { task: name, what, origin: origin() }),
            }
        }
        self.tasks.push(task);
    }

    /// The tasks, in table order, those that are left out among them.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// What is worth knowing when the tasks start at `now` on a node of this name: of wall-clock schedules those that
    /// have no slot left, and those that miss one of the next year because clocks are set forward over it.
    pub fn notes(&self, node: &str, now: Timestamp) -> Vec<Note> {
        let mut notes = Vec::new();
        for task in &self.tasks {
            if task.left_out.is_none()
                && let Some(calendar) = task.calendar_of(node)
                && let Some((kind, text)) = calendar.note(now)
            {
                notes.push(Note { task: task.name.clone(), kind, text });
            }
        }
        notes
    }

    pub(crate) fn into_tasks(self) -> Vec<Task> {
        self.tasks
    }

    /// What works but is likely not meant.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl fmt::Display for TaskTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.tasks.iter().map(|task| task.name.as_str().chars().count()).max().unwrap_or(0);
        for task in &self.tasks {
            let schedule = task.spec.schedule.to_string();
            write!(f, "{:width$}  {}", task.name, periodic_text::escaped(&schedule))?;
            match task.left_out {
                Some(reason) => writeln!(f, ", left out: {reason}")?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}
