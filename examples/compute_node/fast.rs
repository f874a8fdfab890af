//! Settings that make a day's work happen in minutes.

use periodic::table::TaskSettings;
use periodic::task::{Interval, ScheduleSpec};
use periodic::{PeriodicManager, Settings, TaskTable};

/// Divides the spacing of each task, as these settings have it; a task that is off stays off.
pub(crate) fn faster<M: PeriodicManager>(manager: &M, mut settings: Settings, factor: u32) -> Settings {
    // What is wrong with the settings is said where the service's own table is made with them.
    let Ok(table) = TaskTable::of(manager, &settings) else { return settings };
    for task in table.tasks() {
        if let ScheduleSpec::Every { interval, .. } = task.spec().schedule
            && let Some(spacing) = interval.spacing()
        {
            // At least a nanosecond, because zero would mean the default.
            let faster = Interval::from_nanos((spacing.as_nanos() / i64::from(factor)).max(1));
            settings = settings.task(task.name().as_str(), TaskSettings::new().spacing(faster));
        }
    }
    settings
}
