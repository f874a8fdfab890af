use std::collections::HashMap;
use std::sync::Arc;

use periodic_core::scheduler::{RunId, Scheduler, Starter, TaskStatus};
use periodic_core::settings::{RunSpans, ServiceOptions};
use periodic_core::task::{Cancellation, Ended};
use periodic_core::time::{Clock, Now};
use tokio::sync::Notify;

use super::effects::Effects;
use super::liveness::Liveness;
use super::lock::Lock;
use super::re_entry::NoReEntry;
use super::recent_records::RecentRecords;
use super::round::is_stale;
use super::state::{Kept, MakeTable, Overrides, ServingLoop, State};
use super::worker_pool::WorkerPool;
use super::worker_slot::{NeedWorker, WorkerSlot};
use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::runner::events::log;
use crate::runner::events::repeats::Repeats;
use crate::runner::events::watch::Outbox;

/// The least number of events that one call sends before it leaves the rest to the serving loop.
const SENT_AT_ONCE: usize = 1024;

/// The time of a visit.
#[derive(Clone, Copy)]
pub(in crate::runner) enum At {
    /// A new reading of all clocks.
    Now,
    /// This reading.
    Read(Now),
}

/// The state that a runner, its runs and its handles share.
///
/// The lock is held for one visit to the scheduler and never across an `await`, nor while user code or a subscriber of
/// `tracing` runs.
pub(crate) struct Shared {
    state: Lock<State>,
    /// Builds the table again when settings are put in force.
    pub(in crate::runner) make_table: MakeTable,
    clock: Arc<dyn Clock>,
    /// Wakes the serving loop.
    pub(in crate::runner) wake: Notify,
    /// Wakes the caller that waits for a run, while there is none.
    pub(in crate::runner) busy: Notify,
    /// Wakes the callers that depend on the options of the service.
    pub(in crate::runner) reloaded: Notify,
    /// Cancelled for a graceful stop.
    pub(in crate::runner) stop: Cancellation,
    /// Cancelled for a stop without grace.
    pub(in crate::runner) kill: Cancellation,
    pub(in crate::runner) liveness: Liveness,
    /// Whether precise timers are wanted.
    pub(in crate::runner) precise: bool,
    pub(in crate::runner) run_spans: RunSpans,
    /// The recent lines of the log.
    repeats: Repeats,
}

impl Shared {
    pub(in crate::runner) fn new(
        mut scheduler: Scheduler,
        (clock, read): (Arc<dyn Clock>, Now),
        kept: Kept,
        (options, overrides): (ServiceOptions, Overrides),
        make_table: MakeTable,
    ) -> Self {
        scheduler.driver().await_start();
        let added = HashMap::new();
        let state = State {
            scheduler,
            read,
            added,
            serving: ServingLoop::Awake,
            is_held: false,
            busy_wanted: false,
            started: false,
            stopping: false,
            is_given_up: false,
            last_status: Vec::new(),
            options,
            overrides,
            outbox: Outbox::new(kept.events),
            workers: WorkerPool::default(),
            trimmed: read.boot,
            replaceable: HashMap::new(),
            effects: None,
            history: RecentRecords::new(kept.records),
            unpublished: 0,
        };
        Self {
            state: Lock::new(state),
            make_table,
            clock,
            wake: Notify::new(),
            busy: Notify::new(),
            reloaded: Notify::new(),
            stop: Cancellation::new(),
            kill: Cancellation::new(),
            liveness: Liveness::default(),
            precise: overrides.precise.unwrap_or(options.periodic_precise),
            run_spans: overrides.run_spans.unwrap_or(options.periodic_run_spans),
            repeats: Repeats::default(),
        }
    }

    /// Locks, calls, unlocks, performs the effects, and wakes the serving loop if it would sleep too long: the only
    /// way to change anything. Its result is never lost, because performing effects does not panic.
    pub(in crate::runner) fn visit<T>(&self, at: At, call: impl FnOnce(&mut State, Now) -> T) -> T {
        let now = match at {
            At::Now => self.now(),
            At::Read(now) => now,
        };
        let (answer, (effects, wakes)) = self.locked(|state| {
            state.read = now;
            let answer = call(state, now);
            (answer, state.take_effects(now))
        });
        if wakes {
            self.wake_loop();
        }
        if let Some(effects) = effects {
            self.perform(*effects);
        }
        answer
    }

    /// Locks and reads: there are no effects, and no task is woken.
    pub(in crate::runner) fn look<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        self.locked(|state| read(state))
    }

    /// Reads page by page, from page 0 until there is none; between two pages other calls have the lock.
    pub(in crate::runner) fn look_in_pages<T>(
        &self,
        mut read: impl FnMut(&State, usize) -> Option<Vec<T>>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for page in 0.. {
            let Some(part) = self.look(|state| read(state, page)) else { break };
            all.extend(part);
            self.state.give_way();
        }
        all
    }

    /// Returns the status of every task, in table order.
    pub(in crate::runner) fn status(&self) -> Vec<TaskStatus> {
        let now = self.now();
        let mut all = self.look_in_pages(|state, page| state.scheduler.status_page(page, now));
        all.sort_unstable_by_key(|(order, _)| *order);
        all.into_iter().map(|(_, status)| status).collect()
    }

    /// Changes page by page, from page 0 until there is none; between two pages other calls have the lock.
    pub(in crate::runner) fn visit_in_pages(&self, change: impl Fn(&mut State, Now, usize) -> bool) {
        for page in 0.. {
            if !self.visit(At::Now, |state, now| change(state, now, page)) {
                break;
            }
            self.state.give_way();
        }
    }

    /// Notes that the run of a worker goes on without its thread; returns a worker that takes its place, if it is
    /// needed. This changes nothing that has effects.
    pub(in crate::runner) fn call_in_place(&self) -> Option<NeedWorker> {
        self.locked(|state| {
            state.workers.released();
            let waiting = state.waiting();
            state.workers.call(waiting)
        })
    }

    /// Notes that a worker is gone. If it was called and never came, its runtime is shut down: the runs for which there
    /// is no worker now are cancelled.
    pub(in crate::runner) fn worker_left(&self, worker_slot: &Arc<WorkerSlot>, is_active: bool) {
        self.visit(At::Now, |state, now| {
            if state.workers.left(worker_slot, is_active) {
                while let waiting = state.waiting()
                    && state.workers.is_short(waiting)
                    && let Some(start) = state.scheduler.driver().hand_out_of(Starter::Workers, now)
                {
                    state.end(start.id, Ended::Cancelled, now);
                }
            }
        });
    }

    /// Ends a run as cancelled that is dropped before its end. It does not panic, because a panic may drop the run,
    /// and a second one would end the process.
    pub(in crate::runner) fn cancel(&self, run: RunId) {
        let _ = catch_panic(|| self.visit(At::Now, |state, now| state.end(run, Ended::Cancelled, now)));
    }

    /// `call` is the scheduler's code and this crate's, never the user's.
    fn locked<T>(&self, call: impl FnOnce(&mut State) -> T) -> T {
        let _inside = NoReEntry::enter();
        let mut state = self.state.lock();
        #[cfg(feature = "lock-times")]
        let _held = crate::lock_times::Held::begin();
        call(&mut state)
    }

    /// Outlined from the call, which has many instances, most without effects. It does not panic, even if subscribers
    /// or wakers do.
    #[inline(never)]
    fn perform(&self, effects: Effects) {
        if effects.is_busy {
            // The waker may belong to an executor of the user.
            let _ = catch_panic(|| self.busy.notify_one());
        }
        for token in effects.tokens {
            token.cancel();
        }
        if let Some(set_back) = &effects.set_back {
            catch_subscriber(|| log::clock_set_back(set_back));
        }
        for record in &effects.records {
            catch_subscriber(|| log::outcome(record, &self.repeats));
        }
        if let Some(retrying) = effects.retrying {
            catch_subscriber(|| log::retries(&retrying, &self.repeats));
        }
        if effects.has_events {
            self.send_events();
        }
    }

    #[inline(never)]
    fn wake_loop(&self) {
        // The waker may belong to an executor of the user.
        let _ = catch_panic(|| self.wake.notify_one());
    }

    /// Logs the counted repeats, at the end.
    pub(in crate::runner) fn log_repeats(&self) {
        catch_subscriber(|| log::unsaid(&self.repeats));
    }

    /// Reads all clocks. If the clock panics, which is the user's code, the last reading counts: the caller may have a
    /// run to end, or may be dropped by that panic.
    pub(in crate::runner) fn now(&self) -> Now {
        catch_panic(|| self.clock.now()).unwrap_or_else(|_| self.look(|state| state.read))
    }

    /// Reads all clocks, for a new round of the serving loop. A panic of the clock ends the runner there, and nowhere
    /// else: its tasks would stand still.
    pub(in crate::runner) fn read_clock(&self) -> Now {
        self.clock.now()
    }

    /// Reads the clocks again if `read` is over 1 ms old; otherwise advances it by the fast clock.
    pub(in crate::runner) fn now_after(&self, read: Now) -> Now {
        let now = catch_panic(|| self.clock.shortly_after(read)).unwrap_or(read);
        if is_stale(read, now) { self.now() } else { now }
    }

    /// Sends the queued events, including those that others queue meanwhile. Of those the serving loop sends the
    /// excess over one call's share, so that no call sends events without end.
    fn send_events(&self) {
        let mut sent = 0;
        while let Some(events) = self.locked(|state| state.outbox.take()) {
            sent += events.send();
            let is_left = self.locked(|state| {
                state.outbox.sent();
                sent >= SENT_AT_ONCE && state.outbox.is_served
            });
            if is_left {
                return self.wake_loop();
            }
        }
    }
}
