use core::time::Duration;

use super::at_once::Peak;
use super::lane::Lane;
use super::load::{TaskLoad, only_manager};
use super::played::Played;
use crate::scheduler::Counters;
use crate::sim::Mismatch;
use crate::sim::fold::Bucket;
use crate::task::{Task, TaskName};
use crate::time::Timestamp;

/// The load of a table: the times of all starts, the tasks that collide, and the runs that are active at once.
///
/// It counts starts as the scheduler would make them if only the table decided. The service starts on time and never
/// stops, and runs take their assumed durations. Its `Display` is a summary for a terminal; [`to_svg`](Self::to_svg)
/// draws it.
///
/// # Examples
/// ```
/// use periodic_core::TaskTable;
/// use periodic_core::forecast::Forecast;
/// use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
///
/// let every = |name, secs| {
///     let spec = TaskSpec::new(name).every(Interval::from_secs(secs));
///     Ok::<_, periodic_core::task::NameError>(Task::new(TaskName::new("Node", name)?, spec))
/// };
/// let forecast = Forecast::of_table(TaskTable::default())
///     .with(every("report", 60)?)
///     .with(every("audit", 120)?)
///     .takes("audit", "90s")
///     .horizon("10m")
///     .make()?;
///
/// assert_eq!(forecast.starts_per_minute(), [0, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
/// assert_eq!(forecast.worst(1)[0].from.to_string(), "2026-01-01T00:02:00Z");
/// assert_eq!(forecast.most_at_once(), 2);
/// forecast.expect_at_most_per_minute(2)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Forecast {
    played: Played,
    tasks: Vec<TaskLoad>,
    nodes: usize,
    title: String,
}

impl Forecast {
    pub(super) fn new(
        played: Played,
        tasks: impl Iterator<Item = Task>,
        nodes: usize,
        title: Option<String>,
    ) -> Self {
        let load = |(task, ((_, counters), lane)): (Task, ((&TaskName, &Counters), &Lane))| TaskLoad {
            task,
            counters: *counters,
            first: lane.first,
            busy: lane.busy(),
        };
        let tasks: Vec<TaskLoad> =
            tasks.zip(played.counts.all().zip(&played.lanes.by_task)).map(load).collect();
        let manager = only_manager(&tasks).filter(|manager| !manager.is_empty());
        let title = title.unwrap_or_else(|| manager.unwrap_or("Load forecast").to_owned());
        Self { played, tasks, nodes, title }
    }

    /// Returns the title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the start of the service.
    pub fn start(&self) -> Timestamp {
        self.played.start
    }

    /// Returns the length of the forecast. The last instant is not part of it.
    pub fn horizon(&self) -> Duration {
        self.played.horizon
    }

    /// Returns the number of nodes on which the table runs.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// Returns the starts in each minute of the wall clock that the horizon touches, in order.
    pub fn starts_per_minute(&self) -> &[u64] {
        &self.played.lanes.by_minute
    }

    /// Returns the most runs that are active at once in each of these minutes.
    pub fn at_once_per_minute(&self) -> &[u64] {
        &self.played.at_once.by_minute
    }

    /// Returns the first instant of the minute at this index of [`starts_per_minute`](Self::starts_per_minute).
    pub fn minute(&self, place: usize) -> Timestamp {
        self.played.minutes.from(place)
    }

    /// Returns the number of all starts.
    pub fn starts(&self) -> u64 {
        self.played.fullest.total()
    }

    /// Returns the minutes with the most starts, the fullest first; of equal ones the earlier first. At most 100 are
    /// kept.
    pub fn worst(&self, minutes: usize) -> &[Bucket] {
        let fullest = self.played.fullest.fullest();
        &fullest[..minutes.min(fullest.len())]
    }

    /// Returns the instant with the most starts, which jitter would spread; `None` if nothing starts.
    pub fn busiest_instant(&self) -> Option<&Bucket> {
        self.played.instants.fullest().first()
    }

    /// Returns the most runs that are active at once. Runs that start at one instant count, even if they take no time.
    pub fn most_at_once(&self) -> u64 {
        self.peak().map_or(0, |peak| peak.runs)
    }

    /// Returns the time and the tasks of the most runs that are active at once; `None` if nothing starts.
    pub fn peak(&self) -> Option<&Peak> {
        self.played.at_once.peak.as_ref()
    }

    /// Returns the average number of starts in a minute.
    // The figure is for display only.
    #[allow(clippy::cast_precision_loss)]
    pub fn mean_per_minute(&self) -> f64 {
        self.starts() as f64 * 60.0 / self.horizon().as_secs_f64()
    }

    /// Returns the average number of runs that are active at once.
    pub fn mean_at_once(&self) -> f64 {
        let busy: Duration = self.tasks.iter().map(|task| task.busy).sum();
        busy.as_secs_f64() / self.horizon().as_secs_f64()
    }

    /// Returns the load of each task, in table order; tasks that are left out are included.
    pub fn by_task(&self) -> &[TaskLoad] {
        &self.tasks
    }

    /// Returns the load of one task by its full name, or by its name inside the manager; the first match in table
    /// order.
    pub fn of_task(&self, name: &str) -> Option<&TaskLoad> {
        self.tasks.iter().find(|task| task.name().matches(name))
    }

    /// Checks that no minute has more than `starts` starts.
    ///
    /// # Errors
    /// When a minute has more; the error lists the worst minutes and their tasks.
    pub fn expect_at_most_per_minute(&self, starts: u64) -> Result<(), Mismatch> {
        self.played.fullest.expect_at_most(starts)
    }

    /// Checks that at most `runs` runs are active at once.
    ///
    /// # Errors
    /// When there are more; the error states the time of the most, and their tasks.
    pub fn expect_at_most_at_once(&self, runs: u64) -> Result<(), Mismatch> {
        let Some(peak) = self.peak().filter(|peak| peak.runs > runs) else { return Ok(()) };
        let who = peak.by_task.iter().map(|(name, runs)| format!("\n    {runs:>8}  {name}"));
        Err(Mismatch::new(format!(
            "expected at most {runs} runs at once, found {} at {}:{}",
            peak.runs,
            peak.at,
            who.collect::<String>()
        )))
    }

    /// Returns the number of minutes with as many starts as the worst.
    pub(super) fn as_full_as_the_worst(&self) -> usize {
        let most = self.played.fullest.most();
        self.starts_per_minute().iter().filter(|starts| **starts == most).count()
    }

    /// Returns the tasks with their lanes.
    pub(super) fn lanes(&self) -> impl ExactSizeIterator<Item = (&TaskLoad, &Lane)> {
        self.tasks.iter().zip(&self.played.lanes.by_task)
    }

    /// Returns a task's name, without the manager's name if that is the same for all.
    pub(super) fn short<'a>(&self, name: &'a TaskName) -> &'a str {
        if only_manager(&self.tasks).is_some() { name.task() } else { name.as_str() }
    }
}
