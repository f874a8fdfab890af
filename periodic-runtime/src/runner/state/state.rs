use std::collections::HashMap;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{Finished, RetryScheduled, RunId, Scheduler, Starter, TaskId, TaskStatus};
use periodic_core::settings::{RunSpans, ServiceOptions};
use periodic_core::table::TableError;
use periodic_core::task::Ended;
use periodic_core::time::{Instant, Now};
use periodic_core::{Settings, TaskTable};
use tokio::sync::Notify;

use super::added::AddedTask;
use super::effects::Effects;
use super::recent_records::RecentRecords;
use super::worker_pool::WorkerPool;
use crate::runner::events::log;
use crate::runner::events::watch::{ControlChange, Event, Outbox};

/// Builds the table of the runner's managers; `None` if they are gone.
pub(in crate::runner) type MakeTable =
    Box<dyn Fn(&Settings) -> Option<Result<TaskTable, TableError>> + Send + Sync>;

/// The most records that wait unbuilt: the next call builds all of them under the lock.
const WAITING: usize = 1_024;

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::runner) struct State {
    pub(in crate::runner) scheduler: Scheduler,
    /// The clocks' reading at the last visit.
    pub(super) read: Now,
    /// The code of tasks that were added at run time.
    pub(in crate::runner) added: HashMap<TaskId, Arc<AddedTask>>,
    pub(in crate::runner) serving: ServingLoop,
    /// Whether an inline run holds the serving loop: no other run starts meanwhile.
    pub(super) is_held: bool,
    /// Whether a caller waits for a run.
    pub(in crate::runner) busy_wanted: bool,
    /// Whether the grids have begun.
    pub(in crate::runner) started: bool,
    pub(in crate::runner) stopping: bool,
    /// Whether all active runs are recorded as cancelled, although blocking ones go on.
    pub(in crate::runner) is_given_up: bool,
    /// The status of every task when the stop began.
    pub(in crate::runner) last_status: Vec<TaskStatus>,
    /// The options of the settings in force.
    pub(in crate::runner) options: ServiceOptions,
    /// The values set on the builder, which override the options.
    pub(in crate::runner) overrides: Overrides,
    pub(in crate::runner) outbox: Outbox,
    pub(in crate::runner) workers: WorkerPool,
    /// When the workers were last trimmed.
    pub(super) trimmed: Instant,
    /// The runs that a newer slot may replace. There may be as many as tasks.
    pub(super) replaceable: HashMap<RunId, Arc<Notify>>,
    /// The effects of the current visit.
    pub(super) effects: Option<Box<Effects>>,
    pub(in crate::runner) history: RecentRecords,
    /// The number of records kept unbuilt in the scheduler: only the history gets them.
    pub(super) unpublished: usize,
}

/// Whether the serving loop sleeps. While it is awake it checks everything by itself.
#[derive(Clone, Copy, Debug)]
pub(in crate::runner) enum ServingLoop {
    Awake,
    /// Its visit ends with a sleep until this instant: it has checked everything.
    FallsAsleep(Instant),
    Asleep(Instant),
    /// The current visit wakes it.
    Woken,
}

/// The numbers of records and events that are kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::runner) struct Kept {
    /// The records in the history.
    pub(in crate::runner) records: usize,
    /// The events for slow watchers.
    pub(in crate::runner) events: usize,
}

/// The values from code of options that settings have too.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::runner) struct Overrides {
    pub(in crate::runner) grace: Option<Duration>,
    pub(in crate::runner) max_idle: Option<Duration>,
    pub(in crate::runner) precise: Option<bool>,
    pub(in crate::runner) run_spans: Option<RunSpans>,
}

impl State {
    /// Returns how long runs may continue after a stop; `None` for no limit.
    pub(in crate::runner) fn grace(&self) -> Option<Duration> {
        let grace = self.overrides.grace.unwrap_or(self.options.graceful_shutdown_timeout);
        (!grace.is_zero()).then_some(grace)
    }

    pub(in crate::runner) fn stop(&mut self, now: Now) {
        if !mem::replace(&mut self.stopping, true) {
            self.last_status = self.scheduler.status(now);
            self.outbox.publish(|| Event::Stopping);
        }
        self.scheduler.stop(now);
        debug_assert_eq!(self.scheduler.ready(), 0, "no run waits after a stop");
    }

    /// Reports a successful control call to the watchers.
    pub(in crate::runner) fn changed(&mut self, name: &str, change: ControlChange) {
        if !self.outbox.is_watched() {
            // Saves a second look-up of the name.
            return;
        }
        let scheduler = &self.scheduler;
        if let Ok(task) = scheduler.task(name) {
            self.outbox.publish(|| Event::Changed { task: Arc::clone(task), change });
        }
    }
}

impl State {
    /// Reports to the scheduler how a run ended.
    pub(in crate::runner) fn end(&mut self, run: RunId, ended: Ended, now: Now) {
        if let Finished::Retries(retrying) = self.scheduler.finished(run, ended, now) {
            self.outbox.publish(|| Event::AttemptFailed(RetryScheduled::clone(&retrying)));
            self.effects.get_or_insert_default().retrying = Some(retrying);
        }
    }

    /// Returns the numbers in the history of the oldest record so far, and of the next one.
    pub(in crate::runner) fn records_so_far(&mut self) -> (u64, u64) {
        self.take_records();
        self.history.numbers()
    }

    /// Whether the current visit has an effect so far, or wakes the serving loop.
    pub(in crate::runner) fn has_effects(&mut self, now: Now) -> bool {
        self.collect_effects(now);
        self.effects.is_some() || matches!(self.serving, ServingLoop::Woken)
    }

    /// Ends a visit; returns its effects, and whether it wakes the serving loop.
    pub(super) fn take_effects(&mut self, now: Now) -> (Option<Box<Effects>>, bool) {
        self.collect_effects(now);
        let wakes = matches!(self.serving, ServingLoop::Woken);
        if wakes {
            self.serving = ServingLoop::Awake;
        }
        (self.effects.take(), wakes)
    }

    fn collect_effects(&mut self, now: Now) {
        let is_asked = self.outbox.is_watched() || log::all_may_be_said();
        match (is_asked, self.scheduler.driver().let_records_wait(self.history.capacity().min(WAITING))) {
            (false, Some(waiting)) => self.unpublished = waiting,
            _ => self.take_records(),
        }
        while let Some(token) = self.scheduler.take_to_cancel() {
            self.effects.get_or_insert_default().tokens.push(token);
        }
        if self.scheduler.has_clock_set_back() {
            self.effects.get_or_insert_default().set_back = self.scheduler.take_clock_set_back();
        }
        let running = self.scheduler.running();
        if self.outbox.called(running) {
            self.effects.get_or_insert_default().has_events = true;
        }
        if running > 0 && mem::take(&mut self.busy_wanted) {
            self.effects.get_or_insert_default().is_busy = true;
        }
        let serving = self.serving;
        match serving {
            ServingLoop::FallsAsleep(until) => self.serving = ServingLoop::Asleep(until),
            ServingLoop::Asleep(until) if self.is_wanted_before(until, now) => {
                self.serving = ServingLoop::Woken;
            }
            _ => {}
        }
    }

    /// Whether the serving loop would sleep too long.
    fn is_wanted_before(&mut self, until: Instant, now: Now) -> bool {
        let waiting = self.waiting();
        (waiting > 0 && self.workers.is_short(waiting))
            || (waiting == 0 && self.scheduler.driver().ready_in(Starter::Loop) > 0)
            || self.stopping
            || self.scheduler.driver().has_replaced()
            || self.scheduler.driver().wake_at(now) < until
    }

    /// Takes all waiting records. Those that had no watcher and no log at their time go to the history only.
    fn take_records(&mut self) {
        let mut unpublished = mem::take(&mut self.unpublished);
        while let Some(record) = self.scheduler.take_record() {
            if unpublished > 0 {
                unpublished -= 1;
            } else {
                self.outbox.decided(&record);
                if log::may_be_said(&record) {
                    self.effects.get_or_insert_default().records.push(record.clone());
                }
            }
            self.history.push(record);
        }
    }
}
