use std::sync::Arc;

use periodic_core::scheduler::Scheduler;

use super::events::log;
use super::execute::manager::Managers;
use super::serve::timer::no_precise_timers;
use super::state::shared::Shared;
use super::state::state::MakeTable;
use super::{Runner, RunnerBuilder};
use crate::Error;
use crate::clock::SystemClock;
use crate::error::Reason;

impl RunnerBuilder {
    /// Reads the settings, if they come from a source, and collects the managers' tasks.
    ///
    /// # Errors
    /// When the settings cannot be read; when the table cannot be built: see [`TaskTable::of`](periodic_core::TaskTable::of); when precise timers are
    /// requested and not available.
    pub fn build(self) -> Result<Runner, Error> {
        let settings = match &self.source {
            Some(source) => source.read()?,
            None => self.settings,
        };
        let managers = Arc::new(Managers::new(self.managers));
        let table = managers.table(&settings)?;
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let now = clock.now();
        let options = *settings.options();
        if self.overrides.precise.unwrap_or(options.periodic_precise)
            && let Some(missing) = no_precise_timers()
        {
            return Err(Reason::NoPreciseTimers { missing }.into());
        }
        let max_idle = self.overrides.max_idle.unwrap_or(options.periodic_interval_max);
        let scheduler = Scheduler::new(table.clone(), self.options.max_idle(max_idle), now);
        let make_table = make_table(&managers);
        log::find_log();
        Ok(Runner {
            managers,
            table,
            shared: Arc::new(Shared::new(
                scheduler,
                (clock, now),
                self.kept,
                (options, self.overrides),
                make_table,
            )),
        })
    }
}

/// Returns a function that builds the table. It holds the managers weakly, because a manager may hold a handle.
fn make_table(managers: &Arc<Managers>) -> MakeTable {
    let managers = Arc::downgrade(managers);
    Box::new(move |settings| Some(managers.upgrade()?.table(settings)))
}
