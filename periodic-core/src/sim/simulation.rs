use core::num::NonZeroUsize;
use core::time::Duration;

use super::check::check;
use super::player::Engine;
use super::script::Script;
use super::{Moment, ScriptError, ScriptEvent, Span, Takes, Timeline};
use crate::manager::PeriodicManager;
use crate::settings::Settings;
use crate::table::{TableError, TaskTable};
use crate::task::Task;

/// A service in virtual time: its tasks, and the script of its events.
///
/// [`run_for`](Self::run_for) checks it, and reports all mistakes at once. The default has no tasks;
/// [`with`](Self::with) adds some.
///
/// # Examples
/// ```
/// use periodic_core::sim::{ScriptEvent, Simulation, Takes};
/// use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
///
/// let poll = TaskSpec::new("poll").every(Interval::from_secs(60));
/// let timeline = Simulation::default()
///     .with(Task::new(TaskName::new("Manager", "poll")?, poll))
///     .task("*", Takes::fixed("5s"))
///     .at("10m", ScriptEvent::restart_after("30s"))
///     .run_for("1h")?;
/// let records: Vec<_> = timeline.map(|record| record.to_string()).collect();
/// assert_eq!(records[0], "00:01:00  Manager.poll  ok");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a simulation does nothing until `run_for` is called and its timeline is read"]
pub struct Simulation {
    script: Script,
}

impl Default for Simulation {
    fn default() -> Self {
        Self::of_table(TaskTable::default())
    }
}

impl Simulation {
    /// Creates a simulation of a manager's tasks as they are declared. To apply settings, build the table with
    /// [`TaskTable::of`] and use [`of_table`](Self::of_table).
    pub fn of<M: PeriodicManager + ?Sized>(manager: &M) -> Self {
        Self::with_table(TaskTable::of(manager, &Settings::default()))
    }

    /// Creates a simulation of a table's tasks.
    pub fn of_table(table: TaskTable) -> Self {
        Self::with_table(Ok(table))
    }

    fn with_table(table: Result<TaskTable, TableError>) -> Self {
        Self { script: Script::new(table) }
    }

    /// Adds a task that the service itself adds at each start, after those of its table.
    pub fn with(mut self, task: Task) -> Self {
        self.script.added.push(task);
        self
    }

    /// Sets the wall clock's time at the start: RFC 3339, or a [`Timestamp`](crate::time::Timestamp);
    /// 2026-01-01T00:00:00Z by default.
    pub fn start(mut self, time: impl Into<Moment>) -> Self {
        self.script.start = time.into();
        self
    }

    /// Sets the durations and the ends of the runs of the tasks that match `pattern`, as in [`Settings::task`]. The
    /// last pattern that matches a task counts.
    pub fn task(mut self, pattern: impl Into<String>, takes: Takes) -> Self {
        self.script.takes.push((pattern.into(), takes));
        self
    }

    /// Adds an event at `after_start`. Events of one time come in the order in which they were added.
    ///
    /// An event comes after the runs that end at its time, and before the slots of its time.
    pub fn at(mut self, after_start: impl Into<Span>, event: ScriptEvent) -> Self {
        self.script.events.push((after_start.into(), event));
        self
    }

    /// Sets the limit of runs that are active at once, at least 1. Unbounded by default.
    pub fn limit(mut self, runs: usize) -> Self {
        self.script.limit = Some(runs);
        self.script.options = match NonZeroUsize::new(runs) {
            Some(runs) => self.script.options.limit(runs),
            None => self.script.options,
        };
        self
    }

    /// Names the node, whose jitter differs from that of other nodes; empty by default.
    pub fn node(mut self, name: impl Into<String>) -> Self {
        self.script.options = self.script.options.node(name);
        self
    }

    /// Sets the time that runs may take after a stop: 60 s by default, zero for no limit.
    pub fn grace(mut self, grace: impl Into<Span>) -> Self {
        self.script.grace = grace.into();
        self
    }

    /// Creates the timeline of `length`; its last instant is not part of it. Nothing is played before the timeline is
    /// read.
    ///
    /// # Errors
    /// When the table cannot be built. When a part of the script cannot be read, names no task, would come after the
    /// end, or contradicts itself. All mistakes are reported at once.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::sim::{ScriptEvent, Simulation};
    ///
    /// let simulation = Simulation::default().at("2 fortnights", ScriptEvent::pause("poll"));
    /// assert_eq!(
    ///     simulation.run_for("1h").unwrap_err().to_string(),
    ///     "the time of `pause(poll)`: `2 fortnights`: this unit is not known: the units are w, d, h, m, s, ms, us and ns\n\
    ///      `pause(poll)` at 0s: no task is called `poll`",
    /// );
    /// ```
    pub fn run_for(self, length: impl Into<Span>) -> Result<Timeline, ScriptError> {
        let length = length.into();
        let problems = check(&self.script, &length, "the length of the simulation");
        match &self.script.table {
            Ok(_) if problems.is_empty() => Ok(self.timeline(length.length())),
            _ => Err(ScriptError::new(problems)),
        }
    }

    /// Returns the timeline of a simulation without problems.
    pub(crate) fn timeline(self, length: Duration) -> Timeline {
        Timeline::new(Engine::new(self.script, length))
    }
}

#[cfg(feature = "forecast")]
impl Simulation {
    /// Returns the mistakes; `place` names the length in their messages.
    pub(crate) fn problems(&self, length: &Span, place: &str) -> Vec<super::ScriptProblem> {
        check(&self.script, length, place)
    }

    /// Returns the tasks at the start: those of its table and those that the service adds.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.script.table.iter().flat_map(TaskTable::tasks).chain(&self.script.added)
    }

    pub(crate) fn start_time(&self) -> crate::time::Timestamp {
        self.script.start.0.as_ref().copied().unwrap_or_default()
    }
}
