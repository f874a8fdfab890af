//! Each service's forecasts: its table as declared, and spread.

use periodic::PeriodicManager;
use periodic::forecast::{Forecast, ForecastBuilder};
use periodic::settings::Settings;
use periodic::table::TaskTable;
use periodic::task::{Cron, Jitter, ScheduleSpec, Task};

use super::tables::{ComputeManager, ConductorManager};

/// Makes the tasks of a service from its table.
type Way = fn(&TaskTable) -> Vec<Task>;

/// The forecasts of each service: its table as declared, then an improved one.
const WAYS: [(&str, Way); 2] = [("as declared", declared), ("spread with `H` and jitter", spread)];

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

/// Lets each task choose its own second and minute by `H`, which is drawn from the task's and the node's name. If no
/// expression has the spacing, each run is delayed by at most a tenth of it.
fn spread(table: &TaskTable) -> Vec<Task> {
    let moved = |task: &Task| {
        let ScheduleSpec::Every { interval, .. } = task.spec().schedule else { return task.clone() };
        let Some(spacing) = interval.spacing() else { return task.clone() };
        let spec = match expression(spacing.as_duration().as_secs()).map(Cron::parse) {
            Some(Ok(cron)) => task.spec().cron(cron),
            _ => task.spec().jitter(Jitter::Share(100_000)),
        };
        Task::new(task.name().clone(), spec)
    };
    table.tasks().iter().map(moved).collect()
}

/// Returns the seconds, minutes and hours of a task with this spacing.
fn expression(seconds: u64) -> Option<&'static str> {
    Some(match seconds {
        60 => "H * * * * *",
        120 => "H H/2 * * * *",
        180 => "H H/3 * * * *",
        300 => "H H/5 * * * *",
        600 => "H H/10 * * * *",
        1_800 => "H H/30 * * * *",
        3_600 => "H H * * * *",
        86_400 => "H H H * * *",
        _ => return None,
    })
}
