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

/// The load that a table will make: what starts when, with whom it collides, and how much goes at once.
///
/// It counts starts, as the scheduler would make them if nothing but the table decided: the service starts on time and
/// is never stopped, and runs take what they were said to. Printed, it is a summary for a terminal;
/// [`to_svg`](Self::to_svg) draws it.
///
/// # Examples
/// ```
/// use periodic_core::TaskTable;
/// use periodic_core::forecast::Forecast;
/// use periodic_core::table::Task;
/// use periodic_core::task::{Interval, TaskName, TaskSpec};
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

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// When the service starts.
    pub fn start(&self) -> Timestamp {
        self.played.start
    }

    /// How far it looks. The last instant is not part of it.
    pub fn horizon(&self) -> Duration {
        self.played.horizon
    }

    /// On how many nodes the table runs.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The starts in each minute of the wall clock that the horizon touches, one after the other.
    pub fn starts_per_minute(&self) -> &[u64] {
        &self.played.lanes.by_minute
    }

    /// The most runs that go at once in each of these minutes.
    pub fn at_once_per_minute(&self) -> &[u64] {
        &self.played.at_once.by_minute
    }

    /// The first instant of the minute at this place of [`starts_per_minute`](Self::starts_per_minute).
    pub fn minute(&self, place: usize) -> Timestamp {
        self.played.minutes.from(place)
    }

    /// All starts.
    pub fn starts(&self) -> u64 {
        self.played.fullest.total()
    }

    /// The minutes with the most starts, the fullest first; of equal ones those that come first. No more than a
    /// hundred are kept.
    pub fn worst(&self, minutes: usize) -> &[Bucket] {
        let fullest = self.played.fullest.fullest();
        &fullest[..minutes.min(fullest.len())]
    }

    /// The instant with the most starts: what jitter spreads. `None` where nothing starts.
    pub fn busiest_instant(&self) -> Option<&Bucket> {
        self.played.instants.fullest().first()
    }

    /// The most runs that go at once. Those that start at one instant do, also if they are said to take no time.
    pub fn most_at_once(&self) -> u64 {
        self.peak().map_or(0, |peak| peak.runs)
    }

    /// When the most runs go at once, and whose; `None` where nothing starts.
    pub fn peak(&self) -> Option<&Peak> {
        self.played.at_once.peak.as_ref()
    }

    /// How many start in a minute on average.
    // A number for people to read; nothing is decided by it.
    #[allow(clippy::cast_precision_loss)]
    pub fn mean_per_minute(&self) -> f64 {
        self.starts() as f64 * 60.0 / self.horizon().as_secs_f64()
    }

    /// How many runs go at once on average.
    pub fn mean_at_once(&self) -> f64 {
        let busy: Duration = self.tasks.iter().map(|task| task.busy).sum();
        busy.as_secs_f64() / self.horizon().as_secs_f64()
    }

    /// The load of each task, in table order, of those that are left out too.
    pub fn by_task(&self) -> &[TaskLoad] {
        &self.tasks
    }

    /// The load of one task, named in full or inside its manager; the first in table order that is called so.
    pub fn of_task(&self, name: &str) -> Option<&TaskLoad> {
        self.tasks.iter().find(|task| task.name().matches(name))
    }

    /// Expects that in no minute more than so many start.
    ///
    /// # Errors
    /// When more do, with the worst minutes and whose runs they are.
    pub fn expect_at_most_per_minute(&self, starts: u64) -> Result<(), Mismatch> {
        self.played.fullest.expect_at_most(starts)
    }

    /// Expects that never more than so many go at once.
    ///
    /// # Errors
    /// When more do, with when the most do, and whose.
    pub fn expect_at_most_at_once(&self, runs: u64) -> Result<(), Mismatch> {
        let Some(peak) = self.peak().filter(|peak| peak.runs > runs) else { return Ok(()) };
        let who = peak.by_task.iter().map(|(name, runs)| format!("\n    {runs:>8}  {name}"));
        Err(Mismatch::new(format!(
            "at most {runs} runs may go at once, but at {} there are {}:{}",
            peak.at,
            peak.runs,
            who.collect::<String>()
        )))
    }

    /// How many minutes have as many starts as the worst.
    pub(super) fn as_full_as_the_worst(&self) -> usize {
        let most = self.played.fullest.most();
        self.starts_per_minute().iter().filter(|starts| **starts == most).count()
    }

    /// The tasks with their lanes.
    pub(super) fn lanes(&self) -> impl ExactSizeIterator<Item = (&TaskLoad, &Lane)> {
        self.tasks.iter().zip(&self.played.lanes.by_task)
    }

    /// A task's name, without the manager's where that is the same for all.
    pub(super) fn short<'a>(&self, name: &'a TaskName) -> &'a str {
        if only_manager(&self.tasks).is_some() { name.task() } else { name.as_str() }
    }
}
