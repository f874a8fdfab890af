//! Settings that make a day's work happen in minutes.

use periodic::table::{TableError, TaskSettings};
use periodic::task::{Interval, ScheduleSpec};
use periodic::{PeriodicManager, Settings, TaskTable};

/// Divides the spacing of each task; a task that is off stays off.
pub(crate) fn settings<M: PeriodicManager>(manager: &M, factor: u32) -> Result<Settings, TableError> {
    let mut settings = Settings::new();
    if factor == 1 {
        return Ok(settings);
    }
    for task in TaskTable::of(manager, &settings)?.tasks() {
        if let ScheduleSpec::Every { interval, .. } = task.spec().schedule
            && let Some(spacing) = interval.spacing()
        {
            // At least a nanosecond, because zero would mean the default.
            let faster = Interval::from_nanos((spacing.as_nanos() / i64::from(factor)).max(1));
            settings = settings.task(task.name().as_str(), TaskSettings::new().spacing(faster));
        }
    }
    Ok(settings)
}
