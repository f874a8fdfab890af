use core::time::Duration;
use std::collections::HashSet;

use super::Forecast;
use super::played::Played;
use crate::manager::PeriodicManager;
use crate::scheduler::TaskStatus;
use crate::sim::{Moment, ScriptError, ScriptProblem, Simulation, Span, Takes, play_together};
use crate::table::TaskTable;
use crate::task::Task;

/// The default horizon.
const HORIZON: Duration = Duration::from_secs(24 * 3_600);

/// The longest horizon. It has a limit because each of its minutes is kept.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3_600);

/// The input of a forecast. [`make`](Self::make) checks it, and reports all mistakes at once.
#[derive(Clone, Debug)]
#[must_use = "a forecast is made by `make`"]
pub struct ForecastBuilder {
    simulation: Simulation,
    horizon: Span,
    takes: Vec<(String, Takes)>,
    /// The measured ones, by their index in `takes`. They may be of tasks that are not in this table.
    measured: HashSet<usize>,
    /// `None` for one node with the simulation's name.
    nodes: Option<Vec<String>>,
    title: Option<String>,
}

impl Forecast {
    /// Creates a forecast of a manager's tasks as they are declared. To apply settings, build the table with
    /// [`TaskTable::of`] and use [`of_table`](Self::of_table).
    pub fn of<M: PeriodicManager + ?Sized>(manager: &M) -> ForecastBuilder {
        ForecastBuilder::new(Simulation::of(manager))
    }

    /// Creates a forecast of a table's tasks.
    pub fn of_table(table: TaskTable) -> ForecastBuilder {
        ForecastBuilder::new(Simulation::of_table(table))
    }
}

impl ForecastBuilder {
    fn new(simulation: Simulation) -> Self {
        Self {
            simulation,
            horizon: HORIZON.into(),
            takes: Vec::new(),
            measured: HashSet::new(),
            nodes: None,
            title: None,
        }
    }

    /// Adds a task that the service adds at run time, after those of its table.
    pub fn with(mut self, task: Task) -> Self {
        self.simulation = self.simulation.with(task);
        self
    }

    /// Sets the start of the service: RFC 3339, or a [`Timestamp`](crate::time::Timestamp); 2026-01-01T00:00:00Z by
    /// default.
    pub fn start(mut self, time: impl Into<Moment>) -> Self {
        self.simulation = self.simulation.start(time);
        self
    }

    /// Sets the length of the forecast: 24 h by default, more than zero, at most 366 days.
    pub fn horizon(mut self, length: impl Into<Span>) -> Self {
        self.horizon = length.into();
        self
    }

    /// Sets the duration of the runs of the tasks that match `pattern`, as in
    /// [`Settings::task`](crate::Settings::task): `"20s"`, or any [`Takes`]. The last pattern that matches a task
    /// counts. The runs of a task without a match take no time.
    pub fn takes(mut self, pattern: impl Into<String>, takes: impl Into<Takes>) -> Self {
        self.takes.push((pattern.into(), takes.into()));
        self
    }

    /// Sets the duration of each task's runs to their average in a running service, from the
    /// [status](crate::Scheduler::status) of its tasks. Tasks that have not run, or are not in this table, have no
    /// effect.
    pub fn measured<'a>(mut self, status: impl IntoIterator<Item = &'a TaskStatus>) -> Self {
        for task in status {
            if let Some(elapsed) = task.counters.average_elapsed() {
                self.measured.insert(self.takes.len());
                self = self.takes(task.name().as_str(), elapsed);
            }
        }
        self
    }

    /// Names the node, whose jitter differs from that of other nodes; empty by default.
    pub fn node(mut self, name: impl Into<String>) -> Self {
        self.simulation = self.simulation.node(name);
        self.nodes = None;
        self
    }

    /// Runs the table on each of these nodes, all started at the same time. The forecast is of their common load, as
    /// that of a shared database.
    pub fn nodes<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.nodes = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the title for printing and drawing: the manager's name by default.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Plays the table over the horizon.
    ///
    /// # Errors
    /// When the table cannot be built, a text cannot be read, or a pattern names no task. When the horizon is out of
    /// its range, or nodes do not have distinct names. All mistakes are reported at once.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::TaskTable;
    /// use periodic_core::forecast::Forecast;
    ///
    /// let error = Forecast::of_table(TaskTable::default()).horizon("2y").takes("poll", "20s").make().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the horizon: `2y`: this unit is not known: the units are w, d, h, m, s, ms, us and ns\n\
    ///      the script names `poll`, but no task is called that",
    /// );
    /// ```
    pub fn make(self) -> Result<Forecast, ScriptError> {
        let Self { mut simulation, horizon, takes, measured, nodes, title } = self;
        let here: HashSet<String> = simulation.tasks().map(|task| task.name().to_string()).collect();
        for (place, (pattern, takes)) in takes.into_iter().enumerate() {
            if !measured.contains(&place) || here.contains(&pattern) {
                simulation = simulation.task(pattern, takes);
            }
        }
        let mut problems = simulation.problems(&horizon, "the horizon");
        let unreadable = problems
            .iter()
            .any(|problem| matches!(problem, ScriptProblem::Span { place, .. } if place == "the horizon"));
        let length = horizon.length();
        if length > LONGEST {
            problems.push(ScriptProblem::contradiction(
                "the horizon",
                "it is longer than 366 days; use a shorter one",
            ));
        } else if length.is_zero() && !unreadable {
            problems.push(ScriptProblem::contradiction(
                "the horizon",
                "it must be longer than zero; use a longer one",
            ));
        }
        if let Some(what) = nodes.as_deref().and_then(wrong_with_nodes) {
            problems.push(ScriptProblem::contradiction("the nodes", what));
        }
        if !problems.is_empty() {
            return Err(ScriptError::new(problems));
        }
        let nodes = nodes.unwrap_or_default();
        let named = |node: &String| simulation.clone().node(node.as_str()).timeline(length);
        let mut timelines: Vec<_> = nodes.iter().map(named).collect();
        if timelines.is_empty() {
            timelines.push(simulation.clone().timeline(length));
        }
        let mut played = Played::new(simulation.start_time(), length);
        play_together(&mut timelines, &mut played);
        Ok(Forecast::new(played, simulation.tasks().cloned(), timelines.len(), title))
    }
}

fn wrong_with_nodes(nodes: &[String]) -> Option<&'static str> {
    let mut names = HashSet::new();
    if nodes.is_empty() {
        Some("the list is empty; name at least one")
    } else if !nodes.iter().all(|name| names.insert(name)) {
        Some("two nodes have the same name, so their jitter would be the same; give each its own")
    } else {
        None
    }
}
