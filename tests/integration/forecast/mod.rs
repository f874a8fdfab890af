//! Forecasts, as a user's tests and runbooks see them.

mod errors;
mod fleet;
mod picture;
mod services;
mod terminal;
mod values;

use periodic::forecast::{Forecast, ForecastBuilder};
use periodic::table::TaskTable;
use periodic::task::{Interval, Task, TaskName, TaskSpec};

/// A task with this spacing in seconds.
const fn every(name: &'static str, seconds: i64) -> TaskSpec {
    TaskSpec::new(name).every(Interval::from_secs(seconds))
}

/// Ten minutes of these tasks.
fn of(specs: impl IntoIterator<Item = TaskSpec>) -> ForecastBuilder {
    let tasks = specs.into_iter().map(|spec| Task::new(TaskName::new("Manager", spec.name).unwrap(), spec));
    tasks.fold(Forecast::of_table(TaskTable::default()), ForecastBuilder::with).horizon("10m")
}

/// Names and numbers as a test writes them.
fn named<T: Copy>(list: &[(TaskName, T)]) -> Vec<(&str, T)> {
    list.iter().map(|(name, number)| (name.task(), *number)).collect()
}
