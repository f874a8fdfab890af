//! Each service's forecasts: its table as it is declared, and spread.

use periodic::forecast::{Forecast, ForecastBuilder};
use periodic::table::{Settings, Task};
use periodic::task::{FirstRun, Jitter, ScheduleSpec, Spacing};
use periodic::{PeriodicManager, TaskTable};

use super::tables::{ComputeManager, ConductorManager};

/// Makes the tasks of a service from its table.
type Way = fn(&TaskTable) -> Vec<Task>;

/// What is drawn: the first of each pair is the table as it is declared, the others are what was done about it.
const WAYS: [(&str, Way); 2] = [("as declared", declared), ("spread", spread)];

/// Makes the forecasts of a service over a horizon.
type Make = fn(&str) -> Made;

/// The services by their names.
pub(crate) const SERVICES: [(&str, Make); 2] =
    [("nova-compute", nova_compute), ("ironic-conductor", ironic_conductor)];

pub(crate) type Made = Result<Vec<Forecast>, Box<dyn std::error::Error>>;

fn nova_compute(horizon: &str) -> Made {
    let takes = |forecast: ForecastBuilder| {
        forecast
            .takes("*", "1s")
            .takes("update_available_resource", "4s")
            .takes("_sync_power_states", "20s")
            .takes("_run_image_cache_manager_pass", "2m")
    };
    of_all_ways(&ComputeManager, "nova-compute", horizon, takes)
}

fn ironic_conductor(horizon: &str) -> Made {
    let takes = |forecast: ForecastBuilder| {
        forecast
            .takes("*", "1s")
            .takes("redfish.*", "3s")
            .takes("_sync_power_states", "45s")
            .takes("_clean_up_caches", "5m")
    };
    of_all_ways(&ConductorManager::new(), "ironic-conductor", horizon, takes)
}

fn of_all_ways<M: PeriodicManager>(
    manager: &M,
    name: &str,
    horizon: &str,
    takes: impl Fn(ForecastBuilder) -> ForecastBuilder,
) -> Made {
    let table = TaskTable::of(manager, &Settings::default())?;
    let of = |(way, change): (&str, Way)| {
        let tasks = change(&table);
        let forecast =
            tasks.into_iter().fold(Forecast::of_table(TaskTable::default()), ForecastBuilder::with);
        takes(forecast)
            .title(format!("{name}, {way}"))
            .start("2026-11-01T00:00:00Z")
            .horizon(horizon)
            .node("compute-1")
            .make()
    };
    Ok(WAYS.into_iter().map(of).collect::<Result<_, _>>()?)
}

fn declared(table: &TaskTable) -> Vec<Task> {
    table.tasks().to_vec()
}

/// Moves the tasks of one spacing evenly apart, but for those that run at the start, and each run by at most a tenth of
/// the spacing.
fn spread(table: &TaskTable) -> Vec<Task> {
    let spacing = |task: &Task| {
        let ScheduleSpec::Every { interval, .. } = task.spec().schedule else { return None };
        let free = task.left_out().is_none() && task.spec().first == FirstRun::AfterSpacing;
        interval.spacing().filter(|_| free).map(Spacing::as_duration)
    };
    let moved = |(place, task): (usize, &Task)| {
        let Some(length) = spacing(task) else { return task.clone() };
        let alike = |tasks: &[Task]| tasks.iter().filter(|other| spacing(other) == Some(length)).count();
        let (before, all) = (alike(&table.tasks()[..place]), alike(table.tasks()));
        let apart = length / u32::try_from(all).unwrap_or(u32::MAX);
        let delay = length + apart * u32::try_from(before).unwrap_or(0);
        Task::new(task.name().clone(), task.spec().initial_delay(delay).jitter(Jitter::Share(100_000)))
    };
    table.tasks().iter().enumerate().map(moved).collect()
}
