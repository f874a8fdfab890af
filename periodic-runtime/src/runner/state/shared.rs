use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use periodic_core::scheduler::{RunId, Scheduler, SlotRecord, Start};
use periodic_core::settings::ServiceOptions;
use periodic_core::task::{Cancellation, Ended, Outcome};
use periodic_core::time::{Clock, Now};
use tokio::sync::Notify;

use super::effects::Told;
use super::liveness::Pulse;
use super::recent_records::History;
use super::round::{Batch, Next};
use super::state::{Kept, MakeTable, State, Stated};
use super::worker_pool::Crew;
use crate::caught::catch_subscriber;
use crate::runner::events::log;
use crate::runner::events::repeats::Repeats;
use crate::runner::events::watch::{Outbox, Watcher};

/// For how long a reading of all clocks is good enough that the next may be made from one of them.
const STALE: Duration = Duration::from_millis(1);

/// How many events one call sends at least, before it leaves the rest to the serving loop.
const SENT_AT_ONCE: usize = 1024;

/// What the runner, its runs and its handles share.
///
/// The lock is held for one visit to the scheduler and never across an `await`, nor while user code or a subscriber of
/// `tracing` runs.
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Makes the table anew where settings are put in force.
    pub(in crate::runner) make_table: MakeTable,
    pub(in crate::runner) clock: Arc<dyn Clock>,
    /// Wakes the serving loop.
    pub(in crate::runner) wake: Notify,
    /// Wakes whoever waits for a run, while there is none.
    pub(in crate::runner) busy: Notify,
    /// Wakes those who go by the options of the service.
    pub(in crate::runner) reloaded: Notify,
    /// Cancelled for a graceful stop.
    pub(in crate::runner) stop: Cancellation,
    /// Cancelled for a stop without grace.
    pub(in crate::runner) kill: Cancellation,
    pub(in crate::runner) pulse: Pulse,
    /// Whether precise timers are wanted.
    pub(in crate::runner) precise: bool,
    /// The lines that were logged lately.
    repeats: Repeats,
}

impl Shared {
    pub(in crate::runner) fn new(
        mut scheduler: Scheduler,
        clock: Arc<dyn Clock>,
        kept: Kept,
        (options, stated): (ServiceOptions, Stated),
        make_table: MakeTable,
    ) -> Self {
        scheduler.await_start();
        let added = HashMap::new();
        let state = State {
            scheduler,
            added,
            asleep: None,
            awaited: false,
            begun: false,
            stopping: false,
            last_status: Vec::new(),
            options,
            stated,
            outbox: Outbox::new(kept.events),
            crew: Crew::default(),
            retrying: None,
            history: History::new(kept.records),
            untold: 0,
        };
        Self {
            state: Mutex::new(state),
            make_table,
            clock,
            wake: Notify::new(),
            busy: Notify::new(),
            reloaded: Notify::new(),
            stop: Cancellation::new(),
            kill: Cancellation::new(),
            pulse: Pulse::default(),
            precise: stated.precise.unwrap_or(options.periodic_precise),
            repeats: Repeats::default(),
        }
    }

    /// Calls the scheduler, tells what became of slots, and wakes the serving loop if it would sleep too long.
    pub(in crate::runner) fn with<T>(&self, call: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = self.clock.now();
        self.with_at(now, |state| call(state, now))
    }

    fn with_at<T>(&self, now: Now, call: impl FnOnce(&mut State) -> T) -> T {
        let (answer, wake) = self.locked(|state| {
            let answer = call(state);
            (answer, state.wakes(now))
        });
        if wake {
            self.wake.notify_one();
        }
        answer
    }

    /// As [`with`](Self::with), for calls after which the serving loop has nothing more to do than before.
    pub(in crate::runner) fn quietly<T>(&self, call: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = self.clock.now();
        self.locked(|state| call(state, now))
    }

    /// Calls the scheduler, at whatever time, and tells what became of slots.
    pub(in crate::runner) fn locked<T>(&self, call: impl FnOnce(&mut State) -> T) -> T {
        let (answer, told) = {
            let mut state = self.lock();
            let answer = call(&mut state);
            (answer, state.told())
        };
        self.tell(told);
        answer
    }

    /// Tells what became of slots. It does not panic, whatever subscribers and wakers do.
    #[inline]
    pub(in crate::runner) fn tell(&self, told: Option<Box<Told>>) {
        if let Some(told) = told {
            self.tell_each(*told);
        }
    }

    /// Apart from the call, of which there are many kinds, and most of which tell nothing.
    #[inline(never)]
    fn tell_each(&self, told: Told) {
        if told.busy {
            self.busy.notify_one();
        }
        for token in told.tokens {
            token.cancel();
        }
        if let Some(set_back) = &told.set_back {
            catch_subscriber(|| log::clock_set_back(set_back));
        }
        for record in &told.records {
            catch_subscriber(|| log::outcome(record, &self.repeats));
        }
        if let Some(retrying) = told.retrying {
            catch_subscriber(|| log::retries(&retrying, &self.repeats));
        }
        if told.news {
            self.send_events();
        }
    }

    /// Logs what was only counted, at the end.
    pub(in crate::runner) fn log_repeats(&self) {
        catch_subscriber(|| log::unsaid(&self.repeats));
    }

    /// A reading after an earlier one of all clocks: of all clocks again, unless that was just now.
    pub(in crate::runner) fn now_after(&self, read: Now) -> Now {
        let now = self.clock.shortly_after(read);
        if now.boot - read.boot > STALE { self.clock.now() } else { now }
    }

    /// Begins a run that was handed out, after the clocks were `read`, if it may.
    pub(in crate::runner) fn begin(&self, start: &mut Start, read: Now) -> bool {
        let now = self.now_after(read);
        self.locked(|state| state.begin(start, now))
    }

    /// Reports a run's end.
    pub(in crate::runner) fn finished(&self, run: RunId, ended: Ended, now: Now) {
        self.with_at(now, |state| state.end(run, ended, now));
    }

    /// Reports the end of a run that held the serving loop, in one with what that does next: its end is the beginning
    /// of the next inline run.
    pub(in crate::runner) fn finished_inline(&self, run: RunId, ended: Ended, batch: &mut Batch) -> Next {
        let now = self.now_after(batch.read);
        self.locked(|state| {
            state.end(run, ended, now);
            state.next(batch, now)
        })
    }

    /// Records the outcome of a run that goes on, because it cannot be ended.
    pub(in crate::runner) fn abandoned(&self, run: RunId, outcome: Outcome) {
        self.with(|state, now| state.scheduler.abandoned(run, outcome, now));
    }

    pub(in crate::runner) fn history(&self) -> Vec<SlotRecord> {
        let mut state = self.lock();
        // Whatever could be told has been.
        state.take_records(&mut None);
        state.history.records()
    }

    pub(in crate::runner) fn watch(&self) -> Watcher {
        self.lock().outbox.watch()
    }

    /// Calls nothing but the scheduler and the crew while it is held, and tells afterwards what [`State::told`] says.
    pub(in crate::runner) fn lock(&self) -> MutexGuard<'_, State> {
        // A panic inside would be a defect of the scheduler; other tasks' runs are still worth reporting.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what is put in, also what others put in meanwhile; of that the serving loop sends what is too much for one
    /// call, so that none goes on for as long as others make events.
    fn send_events(&self) {
        let mut sent = 0;
        loop {
            let Some(events) = self.lock().outbox.take() else { return };
            sent += events.send();
            let mut state = self.lock();
            state.outbox.sent();
            if sent >= SENT_AT_ONCE && state.outbox.is_served {
                drop(state);
                return self.wake.notify_one();
            }
        }
    }
}
