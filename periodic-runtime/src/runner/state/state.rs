use std::collections::HashMap;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{Finished, Retrying, RunId, Scheduler, TaskId, TaskStatus};
use periodic_core::settings::ServiceOptions;
use periodic_core::table::TableError;
use periodic_core::task::Ended;
use periodic_core::time::{Instant, Now};
use periodic_core::{Settings, TaskTable};

use super::added::AddedTask;
use super::recent_records::History;
use super::worker_pool::Crew;
use crate::runner::events::watch::{Change, Event, Outbox};

/// Makes the table of the runner's managers; nothing where they are gone.
pub(in crate::runner) type MakeTable =
    Box<dyn Fn(&Settings) -> Option<Result<TaskTable, TableError>> + Send + Sync>;

pub(in crate::runner) struct State {
    pub(in crate::runner) scheduler: Scheduler,
    /// The code of tasks that were added at run time.
    pub(in crate::runner) added: HashMap<TaskId, Arc<AddedTask>>,
    /// Until when the serving loop sleeps, or is about to. While it is awake it looks at everything by itself.
    pub(in crate::runner) asleep: Option<Instant>,
    /// Whether somebody waits for a run.
    pub(in crate::runner) awaited: bool,
    /// Whether the grids have begun.
    pub(in crate::runner) begun: bool,
    pub(in crate::runner) stopping: bool,
    /// What there was to know of all tasks when the stop began.
    pub(in crate::runner) last_status: Vec<TaskStatus>,
    /// The options of the settings in force.
    pub(in crate::runner) options: ServiceOptions,
    /// What the builder was told, which wins over the options.
    pub(in crate::runner) stated: Stated,
    pub(in crate::runner) outbox: Outbox,
    pub(in crate::runner) crew: Crew,
    /// The attempt that failed by the call at hand, and is tried again.
    pub(super) retrying: Option<Box<Retrying>>,
    pub(super) history: History,
    /// How many records wait in the scheduler of which nobody wanted to hear: the history will be told.
    pub(super) untold: usize,
}

/// How much is kept of what became of slots.
#[derive(Clone, Copy, Debug)]
pub(in crate::runner) struct Kept {
    /// In the history.
    pub(in crate::runner) records: usize,
    /// For watchers that are slow.
    pub(in crate::runner) events: usize,
}

/// What code said of options that settings have too.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::runner) struct Stated {
    pub(in crate::runner) grace: Option<Duration>,
    pub(in crate::runner) max_idle: Option<Duration>,
    pub(in crate::runner) precise: Option<bool>,
}

impl State {
    /// How long runs may go on after a stop; `None` for as long as they want.
    pub(in crate::runner) fn grace(&self) -> Option<Duration> {
        let grace = self.stated.grace.unwrap_or(self.options.graceful_shutdown_timeout);
        (!grace.is_zero()).then_some(grace)
    }

    pub(in crate::runner) fn stop(&mut self, now: Now) {
        if !mem::replace(&mut self.stopping, true) {
            self.last_status = self.scheduler.status(now);
            self.outbox.say(|| Event::Stopping);
        }
        self.scheduler.stop(now);
    }

    /// Tells watchers of a control call that was obeyed.
    pub(in crate::runner) fn changed(&mut self, name: &str, change: Change) {
        if !self.outbox.is_watched() {
            // Saves a second look-up of the name.
            return;
        }
        let scheduler = &self.scheduler;
        if let Ok(task) = scheduler.task(name) {
            self.outbox.say(|| Event::Changed { task: Arc::clone(task), change });
        }
    }
}

impl State {
    /// Takes back how a run ended; answers whether the serving loop is to be woken for that.
    pub(in crate::runner) fn finished(&mut self, run: RunId, ended: Ended, now: Now) -> bool {
        self.end(run, ended, now);
        self.wakes(now)
    }

    /// Whether the serving loop would sleep too long.
    pub(super) fn wakes(&mut self, now: Now) -> bool {
        let wakes = self.asleep.is_some_and(|planned| {
            self.scheduler.ready() > 0
                || self.stopping
                || self.scheduler.has_cancelled()
                || self.scheduler.wake_at(now) < planned
        });
        if wakes {
            self.asleep = None;
        }
        wakes
    }

    pub(super) fn end(&mut self, run: RunId, ended: Ended, now: Now) {
        if let Finished::Retries(retrying) = self.scheduler.finished(run, ended, now) {
            self.outbox.say(|| Event::AttemptFailed(Retrying::clone(&retrying)));
            self.retrying = Some(retrying);
        }
    }
}
