use core::cmp::Reverse;
use core::time::Duration;
use std::collections::BinaryHeap;

use crate::schedule::Slot;
use crate::scheduler::RunId;
use crate::task::Ended;
use crate::time::Instant;

/// The runs that take time and have not ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// The next change of each run, and the run's index. Runs of one instant end in the order of their starts.
    due: BinaryHeap<Reverse<(Instant, u64, usize)>>,
    places: Vec<Option<Going>>,
    free: Vec<usize>,
    count: u64,
}

/// One run, or an attempt of it.
#[derive(Clone, Debug)]
pub(super) struct Going {
    pub(super) id: RunId,
    pub(super) task: usize,
    pub(super) slot: Slot,
    pub(super) attempt: u32,
    pub(super) started: Instant,
    /// `None` if the run never ends by itself.
    pub(super) ends: Option<Instant>,
    pub(super) ended: Ended,
    /// The time at which it is recorded as timed out although it continues: a blocking run.
    pub(super) gives_up: Option<Instant>,
    pub(super) blocking: bool,
    /// Whether it blocks the whole runner.
    pub(super) inline: bool,
}

/// The next change of a run.
pub(super) enum Due {
    Ends(Going),
    GivesUp(RunId),
}

impl Runs {
    pub(super) fn push(&mut self, run: Going) {
        let next = run.next();
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            self.places.len() - 1
        });
        self.places[place] = Some(run);
        self.await_at(next, place);
    }

    /// Returns the time of the next change of any run.
    pub(super) fn next(&self) -> Instant {
        self.due.peek().map_or(Instant::MAX, |Reverse((at, ..))| *at)
    }

    pub(super) fn pop_due(&mut self, now: Instant) -> Option<Due> {
        while let Some(&Reverse((at, _, place))) = self.due.peek() {
            if at > now {
                break;
            }
            self.due.pop();
            let Some(run) = self.places[place].as_mut().filter(|run| run.next() == Some(at)) else {
                continue;
            };
            if run.gives_up == Some(at) && run.ends != Some(at) {
                run.gives_up = None;
                let (id, next) = (run.id, run.next());
                self.await_at(next, place);
                return Some(Due::GivesUp(id));
            }
            return self.take(place).map(Due::Ends);
        }
        None
    }

    /// Removes a run that is cancelled.
    pub(super) fn remove(&mut self, id: RunId) -> Option<Going> {
        let place = self.places.iter().position(|run| run.as_ref().is_some_and(|run| run.id == id))?;
        self.take(place)
    }

    /// Removes all runs, because their process ends.
    pub(super) fn clear(&mut self) -> Vec<Going> {
        let mut all: Vec<Going> = self.places.drain(..).flatten().collect();
        all.sort_by_key(|run| run.started);
        *self = Self::default();
        all
    }

    /// Delays all changes, because the machine was suspended for `by`.
    pub(super) fn delay(&mut self, by: Duration) {
        for run in self.places.iter_mut().flatten() {
            run.ends = run.ends.map(|at| at + by);
            run.gives_up = run.gives_up.map(|at| at + by);
        }
        let due = core::mem::take(&mut self.due);
        self.due =
            due.into_iter().map(|Reverse((at, count, place))| Reverse((at + by, count, place))).collect();
    }

    fn await_at(&mut self, next: Option<Instant>, place: usize) {
        if let Some(next) = next {
            self.count += 1;
            self.due.push(Reverse((next, self.count, place)));
        }
    }

    fn take(&mut self, place: usize) -> Option<Going> {
        let run = self.places[place].take()?;
        self.free.push(place);
        Some(run)
    }
}

impl Going {
    fn next(&self) -> Option<Instant> {
        self.gives_up.or(self.ends)
    }
}
