//! Settings that shorten a day's work to minutes.

use periodic::settings::TaskSettings;
use periodic::table::TaskTable;
use periodic::task::{Interval, ScheduleSpec};
use periodic::{PeriodicManager, Settings};

/// Divides the spacing of each task in these settings; a disabled task stays disabled.
pub(crate) fn faster<M: PeriodicManager>(manager: &M, mut settings: Settings, factor: u32) -> Settings {
    // The service's own table is built with the same settings, and reports their mistakes.
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
