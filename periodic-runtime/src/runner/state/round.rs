use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{RunId, Start, Starter};
use periodic_core::task::Overlap;
use periodic_core::time::{Instant, Now};
use tokio::sync::Notify;

use super::handed::{Handed, TakenRun};
use super::state::{ServingLoop, State};
use super::worker_pool::Stays;
use super::worker_slot::{NeedWorker, WorkerSlot};
use crate::runner::events::watch::Event;

/// The longest time that the serving loop holds its thread before other tasks of the runtime have their turn.
const LONGEST: Duration = Duration::from_micros(100);

/// The most runs that it starts before that, for a clock that stands still.
const MOST: u32 = 256;

/// The least number of runs of one wake-up that counts as many.
const BUSY: usize = 4;

/// The time within which the next reading may be based on one of all clocks.
const STALE: Duration = Duration::from_millis(1);

/// Whether `now` is too far from a reading of all clocks to be based on it.
pub(super) fn is_stale(read: Now, now: Now) -> bool {
    now.boot - read.boot > STALE
}

/// The time between two trims of the workers.
const TRIM: Duration = Duration::from_secs(60);

/// A round: runs that start one after the other, between two readings of all clocks and two turns of the runtime's
/// other tasks.
///
/// A stop is noticed at its end, so it is short; each end costs as much as many short runs.
pub(in crate::runner) struct Round {
    /// The last reading of all clocks.
    pub(in crate::runner) read: Now,
    begun: Instant,
    left: u32,
    /// The most runs that waited for workers.
    waited: usize,
    /// The workers to wake or spawn once the lock is free.
    pub(in crate::runner) needed: Vec<NeedWorker>,
}

impl Round {
    pub(in crate::runner) fn begin(read: Now) -> Self {
        Self { read, begun: read.boot, left: MOST, waited: 0, needed: Vec::new() }
    }

    /// Returns the next round, with the memory of this one.
    pub(in crate::runner) fn another(self, read: Now) -> Self {
        Self { needed: self.needed, ..Self::begin(read) }
    }

    /// Begins another round for a worker, at a time [after](super::shared::Shared::now_after) its reading.
    pub(in crate::runner) fn begin_again(&mut self, now: Now) {
        if is_stale(self.read, now) {
            self.read = now;
        }
        (self.begun, self.left) = (now.boot, MOST);
    }

    /// Whether this round started at least `BUSY` runs, so that a wake-up for each is expensive.
    pub(in crate::runner) fn is_busy(&self) -> bool {
        (MOST - self.left) as usize + self.waited >= BUSY
    }

    fn is_over(&self, now: Now) -> bool {
        self.left == 0 || now.boot - self.begun > LONGEST
    }
}

/// The next step of the serving loop.
pub(in crate::runner) enum Next {
    /// Wakes or spawns the workers that the round needs, and asks again.
    Call,
    /// Starts a run that is not for a worker; an inline one has begun.
    Run(Handed),
    /// Sleeps until this instant.
    Sleep(Instant),
    /// Gives the runtime's other tasks their turn, and begins another round.
    Yield,
}

impl State {
    /// Hands out the next run of the serving loop, once there are workers for the others. An inline run begins here,
    /// because nothing happens in between.
    pub(in crate::runner) fn next(&mut self, round: &mut Round, now: Now) -> Next {
        self.is_held = false;
        if round.is_over(now) {
            return Next::Yield;
        }
        let waiting = self.waiting();
        round.waited = round.waited.max(waiting);
        round.needed.extend(std::iter::from_fn(|| self.workers.call(waiting)));
        if !round.needed.is_empty() {
            return Next::Call;
        }
        while let Some(start) = self.scheduler.driver().hand_out_of(Starter::Loop, now) {
            let mut handed = Handed { added: self.added.get(&start.id.task()).cloned(), start };
            if handed.is_inline() {
                if !self.begin(&mut handed.start, now) {
                    continue;
                }
                self.is_held = true;
            }
            round.left -= 1;
            return Next::Run(handed);
        }
        // The last run of a service that is being stopped may have ended inline; and a loop that is awake is not woken.
        let ends = self.stopping && self.scheduler.running() == 0;
        let looks_again = ends || self.scheduler.driver().has_replaced();
        let wake_at = if looks_again { now.boot } else { self.scheduler.driver().wake_at(now) };
        self.serving = ServingLoop::FallsAsleep(wake_at);
        Next::Sleep(wake_at)
    }

    /// Begins a round of the serving loop: decides the slots that are due. Returns the number of active runs; `None` if
    /// the service is being stopped and there is none.
    pub(in crate::runner) fn begin_round(&mut self, round: &mut Round, now: Now) -> Option<usize> {
        self.serving = ServingLoop::Awake;
        self.scheduler.driver().decide(now);
        if now.boot - self.trimmed >= TRIM {
            self.trimmed = now.boot;
            round.needed.extend(self.workers.trim());
        }
        let running = self.scheduler.running();
        (!self.stopping || running > 0).then_some(running)
    }

    /// Returns the number of runs that wait for a worker and may start, or more; zero only if there is none.
    pub(super) fn waiting(&mut self) -> usize {
        if self.is_held { 0 } else { self.scheduler.driver().ready_in(Starter::Workers) }
    }

    /// Lets a worker that has come or has ended a run take the next run, which begins. If there is none, or another
    /// worker must be called first, the worker stays, and that one is returned.
    pub(in crate::runner) fn take(
        &mut self,
        worker_slot: &Arc<WorkerSlot>,
        round: &mut Round,
        now: Now,
    ) -> (Result<TakenRun, Stays>, Option<NeedWorker>) {
        let waiting = self.waiting();
        if let Some(need) = self.workers.call_ahead(worker_slot, waiting) {
            return (Err(Stays::Called), Some(need));
        }
        let may_start = waiting > 0 && !round.is_over(now);
        let start = may_start.then(|| self.scheduler.driver().start_of(Starter::Workers, now)).flatten();
        let Some(start) = start else { return (Err(self.stay(worker_slot)), None) };
        round.left -= 1;
        self.workers.took();
        self.tell_start(&start);
        let replaced =
            (start.task.spec().overlap == Some(Overlap::Replace)).then(|| self.replaceable(start.id));
        let added = self.added.get(&start.id.task()).cloned();
        (Ok(TakenRun { handed: Handed { start, added }, replaced }), None)
    }

    /// Calls a worker that takes no run again, or parks it.
    pub(in crate::runner) fn stay(&mut self, worker_slot: &Arc<WorkerSlot>) -> Stays {
        let waiting = self.waiting();
        self.workers.stay(worker_slot, waiting)
    }

    /// Begins a run that was handed out, if it may begin, and notes how late it is; returns whether it began.
    pub(in crate::runner) fn begin(&mut self, start: &mut Start, now: Now) -> bool {
        let Some(lateness) = self.scheduler.driver().begin_run(start.id, now) else { return false };
        start.lateness = lateness;
        self.tell_start(start);
        true
    }

    fn tell_start(&mut self, start: &Start) {
        let Start { slot, attempt, lateness, .. } = *start;
        self.outbox.publish(|| Event::RunStarted { task: Arc::clone(&start.task), slot, attempt, lateness });
    }

    /// Returns the means by which a newer slot replaces a run.
    fn replaceable(&mut self, run: RunId) -> Arc<Notify> {
        let replaced = Arc::new(Notify::new());
        // Those of ended runs are dropped once they are more than the others: so each is visited twice, not each time.
        if self.replaceable.len() >= 64 + 2 * self.scheduler.running() {
            self.replaceable.retain(|_, replaced| Arc::strong_count(replaced) > 1);
        }
        self.replaceable.insert(run, Arc::clone(&replaced));
        replaced
    }

    /// Takes the means to end the runs that newer slots replace.
    pub(in crate::runner) fn take_replaced(&mut self) -> Vec<Arc<Notify>> {
        let mut replaced = Vec::new();
        while let Some(id) = self.scheduler.take_replaced() {
            replaced.extend(self.replaceable.remove(&id));
        }
        replaced
    }
}
