use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use periodic_core::scheduler::{Finished, Retrying, RunId, Scheduler, SlotRecord, Start, TaskId, TaskStatus};
use periodic_core::settings::ServiceOptions;
use periodic_core::task::{Cancellation, Ended, Outcome};
use periodic_core::time::{Clock, Instant, Now};
use tokio::sync::Notify;

use super::added::AddedTask;
use super::events;
use super::history::History;
use super::pulse::Pulse;
use super::reload::MakeTable;
use super::watch::{Change, Event, Outbox, Watcher};

/// What the runner, its runs and its handles share.
///
/// The lock is held for a scheduler call and never across an `await`, nor while user code or a subscriber of
/// `tracing` runs.
pub(crate) struct Shared {
    state: Mutex<State>,
    history: Mutex<History>,
    /// Makes the table anew where settings are put in force.
    pub(super) make_table: MakeTable,
    pub(super) clock: Arc<dyn Clock>,
    /// Wakes the serving loop.
    pub(super) wake: Notify,
    /// Cancelled for a graceful stop.
    pub(super) stop: Cancellation,
    /// Cancelled for a stop without grace.
    pub(super) kill: Cancellation,
    pub(super) pulse: Pulse,
}

pub(super) struct State {
    pub(super) scheduler: Scheduler,
    /// The code of tasks that were added at run time.
    pub(super) added: HashMap<TaskId, Arc<AddedTask>>,
    /// When the serving loop will look again by itself.
    pub(super) planned: Instant,
    /// Whether the grids have begun.
    pub(super) begun: bool,
    pub(super) stopping: bool,
    /// What there was to know of all tasks when the stop began.
    pub(super) last_status: Vec<TaskStatus>,
    /// The options of the settings in force.
    pub(super) options: ServiceOptions,
    /// What the builder was told, which wins over the options.
    pub(super) stated: Stated,
    pub(super) outbox: Outbox,
}

/// What code said of options that settings have too.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stated {
    pub(super) grace: Option<Duration>,
    pub(super) max_idle: Option<Duration>,
}

/// What a call of the scheduler leaves to be done without the lock.
struct News {
    records: Vec<SlotRecord>,
    /// To be cancelled.
    tokens: Vec<Cancellation>,
    /// Whether there are events to send.
    events: bool,
}

impl State {
    /// No part of the generic [`Shared::quietly`], of which there is a copy for each call.
    fn take_news(&mut self) -> News {
        let records: Vec<SlotRecord> = std::iter::from_fn(|| self.scheduler.take_record()).collect();
        let tokens = std::iter::from_fn(|| self.scheduler.take_token()).collect();
        let events = self.outbox.put(&records, self.scheduler.running());
        News { records, tokens, events }
    }

    /// How long runs may go on after a stop; `None` for as long as they want.
    pub(super) fn grace(&self) -> Option<Duration> {
        let grace = self.stated.grace.unwrap_or(self.options.graceful_shutdown_timeout);
        (!grace.is_zero()).then_some(grace)
    }

    pub(super) fn stop(&mut self, now: Now) {
        if !std::mem::replace(&mut self.stopping, true) {
            self.last_status = self.scheduler.status(now);
            self.outbox.say(|| Event::Stopping);
        }
        self.scheduler.stop(now);
    }

    /// Tells watchers of a control call that was obeyed.
    pub(super) fn changed(&mut self, name: &str, change: Change) {
        let scheduler = &self.scheduler;
        if let Ok(task) = scheduler.task(name) {
            self.outbox.say(|| Event::Changed { task: Arc::clone(task), change });
        }
    }
}

impl Shared {
    pub(super) fn new(
        scheduler: Scheduler,
        clock: Arc<dyn Clock>,
        history: usize,
        (options, stated): (ServiceOptions, Stated),
        make_table: MakeTable,
    ) -> Self {
        let (added, planned) = (HashMap::new(), Instant::ZERO);
        let outbox = Outbox::default();
        let state = State {
            scheduler,
            added,
            planned,
            begun: false,
            stopping: false,
            last_status: Vec::new(),
            options,
            stated,
            outbox,
        };
        Self {
            state: Mutex::new(state),
            history: Mutex::new(History::new(history)),
            make_table,
            clock,
            wake: Notify::new(),
            stop: Cancellation::new(),
            kill: Cancellation::new(),
            pulse: Pulse::default(),
        }
    }

    /// Calls the scheduler, tells what became of slots, and wakes the serving loop if it would sleep too long.
    pub(super) fn with<T>(&self, call: impl FnOnce(&mut State, Now) -> T) -> T {
        let (answer, wake) = self.quietly(|state, now| {
            let answer = call(state, now);
            let wake = state.scheduler.ready() > 0
                || state.stopping
                || state.scheduler.has_cancelled()
                || state.scheduler.wake_at(now) < state.planned;
            (answer, wake)
        });
        if wake {
            self.wake.notify_one();
        }
        answer
    }

    /// As [`with`](Self::with), for a control call, which settles slots: before the start there are none to settle.
    pub(super) fn control<T>(&self, call: impl FnOnce(&mut State, Now) -> T) -> T {
        self.with(|state, now| {
            if !state.begun {
                state.scheduler.begin_grids(now);
            }
            call(state, now)
        })
    }

    /// As [`with`](Self::with), for the serving loop itself, which is awake: with a full limit it would wake itself for ever.
    pub(super) fn quietly<T>(&self, call: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = self.clock.now();
        let (answer, news) = {
            let mut state = self.lock();
            (call(&mut state, now), state.take_news())
        };
        self.tell(news);
        answer
    }

    /// Whether a run that was handed out may begin, and how late it is then.
    pub(super) fn begin_run(&self, start: &Start) -> Option<Duration> {
        self.quietly(|state, now| {
            let lateness = state.scheduler.begin_run(start.id, now)?;
            let (task, slot, attempt) = (&start.task, start.slot, start.attempt);
            state.outbox.say(|| Event::RunStarted { task: Arc::clone(task), slot, attempt, lateness });
            Some(lateness)
        })
    }

    /// Reports a run's end, and tells if its slot is tried again.
    pub(super) fn finished(&self, run: RunId, ended: Ended) {
        let finished = self.with(|state, now| {
            let finished = state.scheduler.finished(run, ended, now);
            if let Finished::Retries(retrying) = &finished {
                state.outbox.say(|| Event::AttemptFailed(Retrying::clone(retrying)));
            }
            finished
        });
        if let Finished::Retries(retrying) = finished {
            events::retries(&retrying);
        }
    }

    /// Records the outcome of a run that goes on, because it cannot be ended.
    pub(super) fn abandoned(&self, run: RunId, outcome: Outcome) {
        self.with(|state, now| state.scheduler.abandoned(run, outcome, now));
    }

    pub(super) fn history(&self) -> Vec<SlotRecord> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner).records()
    }

    pub(super) fn watch(&self) -> Watcher {
        self.lock().outbox.watch()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic inside would be a defect of the scheduler; other tasks' runs are still worth reporting.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_events(&self) {
        /// Sending wakes watchers; should a waker panic, others send on.
        struct Sent<'a>(&'a Shared);

        impl Drop for Sent<'_> {
            fn drop(&mut self) {
                self.0.lock().outbox.sent();
            }
        }

        loop {
            let Some(events) = self.lock().outbox.take() else { return };
            let _sent = Sent(self);
            events.send();
        }
    }

    fn tell(&self, news: News) {
        for token in news.tokens {
            token.cancel();
        }
        for record in news.records {
            events::outcome(&record);
            self.history.lock().unwrap_or_else(PoisonError::into_inner).push(record);
        }
        if news.events {
            self.send_events();
        }
    }
}
