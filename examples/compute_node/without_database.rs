//! The work of a node without a database.

use periodic::settings::TaskSettings;
use periodic::table::TaskTable;
use periodic::{PeriodicManager, Settings};

/// The tasks that need no database, because they write to the conductor.
const TASKS: [&str; 3] = ["update_available_resource", "driver.report_guests", "driver.lose_a_guest"];

/// Leaves out all other tasks.
pub(crate) fn reduced<M: PeriodicManager>(manager: &M, mut settings: Settings) -> Settings {
    // The service's own table is built with the same settings, and reports their mistakes.
    let Ok(table) = TaskTable::of(manager, &settings) else { return settings };
    for task in table.tasks().iter().filter(|task| !TASKS.contains(&task.name().task())) {
        settings = settings.task(task.name().as_str(), TaskSettings::new().enabled(false));
    }
    settings
}
