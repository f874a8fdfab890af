use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::Start;
use periodic_core::time::{Instant, Now};

use super::handed::{Handed, QueuedRun};
use super::state::{ServingLoop, State};
use crate::runner::events::watch::Event;

/// The longest time that the serving loop holds its thread before other tasks of the runtime have their turn.
const LONGEST: Duration = Duration::from_micros(100);

/// The most runs that it starts before that, for a clock that stands still.
const MOST: u32 = 256;

/// The least number of runs of one wake-up that counts as many.
const BUSY: u32 = 4;

/// A round: runs that start one after the other, between two readings of all clocks and two turns of the runtime's
/// other tasks.
///
/// A stop is noticed at its end, so it is short; each end costs as much as many short runs.
pub(in crate::runner) struct Round {
    /// The reading of all clocks with which it began.
    pub(in crate::runner) read: Now,
    left: u32,
    /// Runs that were handed out for the workers, and are not queued yet.
    pub(in crate::runner) spawned: VecDeque<QueuedRun>,
}

impl Round {
    pub(in crate::runner) fn begin(read: Now) -> Self {
        Self { read, left: MOST, spawned: VecDeque::new() }
    }

    /// Returns the next round, with the memory of this one.
    pub(in crate::runner) fn another(self, read: Now) -> Self {
        Self { read, left: MOST, ..self }
    }

    /// Whether this round started at least `BUSY` runs, so that a wake-up for each is expensive.
    pub(in crate::runner) fn is_busy(&self) -> bool {
        MOST - self.left >= BUSY
    }

    fn is_over(&self, now: Now) -> bool {
        self.left == 0 || now.boot - self.read.boot > LONGEST
    }
}

/// The next step of the serving loop.
pub(in crate::runner) enum Next {
    /// Queues the runs that were handed out for the workers, and asks again.
    Queue,
    /// The same, and then starts a run that is not for a worker; an inline one has begun.
    Run(Handed),
    /// Sleeps until this instant.
    Sleep(Instant),
    /// Gives the runtime's other tasks their turn, and begins another round.
    Yield,
}

impl State {
    /// Hands out the next runs. An inline run begins here, because nothing happens in between.
    pub(in crate::runner) fn next(&mut self, round: &mut Round, now: Now) -> Next {
        if round.is_over(now) {
            return Next::Yield;
        }
        while let Some(start) = self.scheduler.driver().hand_out(now) {
            let added = self.added.get(&start.id.task()).cloned();
            let mut handed = Handed { start, added };
            if handed.is_inline() && !self.begin(&mut handed.start, now) {
                continue;
            }
            round.left -= 1;
            if !handed.is_for_a_worker() {
                return Next::Run(handed);
            }
            round.spawned.push_back(QueuedRun { handed, replaced: None });
            if round.left == 0 {
                break;
            }
        }
        if !round.spawned.is_empty() {
            return Next::Queue;
        }
        // The last run of a service that is being stopped may have ended inline; and a loop that is awake is not woken.
        let ends = self.stopping && self.scheduler.running() == 0;
        let looks_again = ends || self.scheduler.driver().has_replaced();
        let wake_at = if looks_again { now.boot } else { self.scheduler.driver().wake_at(now) };
        self.serving = ServingLoop::FallsAsleep(wake_at);
        Next::Sleep(wake_at)
    }

    /// Takes a run for a worker.
    pub(in crate::runner) fn take_queued(&mut self, round: &mut Round, now: Now) -> Option<QueuedRun> {
        if round.is_over(now) {
            return None;
        }
        let queued = self.workers.take()?;
        round.left -= 1;
        Some(queued)
    }

    /// Begins a run that was handed out, if it may begin, and notes how late it is; returns whether it began.
    pub(in crate::runner) fn begin(&mut self, start: &mut Start, now: Now) -> bool {
        let Some(lateness) = self.scheduler.driver().begin_run(start.id, now) else { return false };
        start.lateness = lateness;
        let (slot, attempt) = (start.slot, start.attempt);
        self.outbox.publish(|| Event::RunStarted { task: Arc::clone(&start.task), slot, attempt, lateness });
        true
    }
}
