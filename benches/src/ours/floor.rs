//! The cost of a handwritten run, guarantee by guarantee: the floor below this project.
//!
//! Each step does the work of the one before it, and one thing more. None of them has a second clock, names, rules,
//! pauses, retries, timeouts, jitter, tokens, or tasks that wait.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use periodic::time::Clock;
use tokio::time::{MissedTickBehavior, interval_at};

use super::devices::Runs;
use super::stepped::{Stepped, nanos};
use crate::rounds::each;
use crate::users::contender::begin;
use crate::users::load::Load;
use crate::users::probe::Probe;
use crate::users::sample::Begun;

/// The guarantee that each step adds.
pub const STEPS: [&str; 6] = [
    "a call through a pointer, of a task that adds to a shared counter",
    "its panics are caught",
    "the clock is read after it",
    "its next slot, its last run and its counters are kept",
    "its outcome is recorded",
    "due tasks are taken from a timing wheel, in table order, and put back",
];

/// The state of a task: a line of the processor's cache.
#[derive(Clone, Copy, Debug)]
struct Row {
    next: i64,
    spacing: i64,
    started: i64,
    ended: i64,
    runs: u64,
    ok: u64,
    elapsed: i64,
    waited: i64,
}

/// The outcome of a slot.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "only the cost of writing it is measured"))]
struct Record {
    row: u32,
    slot: i64,
    started: i64,
    ended: i64,
}

/// The width of a wheel's slot, in bits of nanoseconds.
const WIDTH: u32 = 20;

/// A task, which gets its slot.
type Task = Box<dyn Fn(i64) -> bool + Send + Sync>;

/// Tasks that only count.
pub struct Floor {
    tasks: Vec<Task>,
    rows: Vec<Row>,
    records: VecDeque<Record>,
    wheel: Vec<Vec<(i64, u32)>>,
    /// The slots of the wheel before this one are empty.
    tick: i64,
    due: Vec<u32>,
    clock: Arc<Stepped>,
    /// The round whose starts the tasks note, once it has begun.
    probe: Arc<OnceLock<Probe>>,
}

impl Floor {
    /// Creates `tasks` tasks that count.
    pub fn of(tasks: usize, period: fn(usize) -> Duration) -> Self {
        let runs = Runs::default();
        let task = |_| {
            let runs = Arc::clone(&runs);
            let task = move |_| {
                runs.fetch_add(1, Ordering::Relaxed);
                true
            };
            Box::new(task) as Task
        };
        Self::with(tasks, period, period, task)
    }

    /// Creates the tasks of `load`, which note their starts.
    pub fn noting(load: &Load) -> Self {
        let probe = Arc::new(OnceLock::<Probe>::new());
        let task = |_| {
            let probe = Arc::clone(&probe);
            let task = move |slot: i64| {
                if let Some(probe) = probe.get() {
                    probe.note(Duration::from_nanos(slot.unsigned_abs()));
                }
                true
            };
            Box::new(task) as Task
        };
        let floor = Self::with(load.tasks, |task| load.first(task), |task| load.period(task), task);
        Self { probe, ..floor }
    }

    fn with(
        tasks: usize,
        first: impl Fn(usize) -> Duration,
        period: impl Fn(usize) -> Duration,
        task: impl Fn(usize) -> Task,
    ) -> Self {
        let row = |task| {
            let (next, spacing) = (nanos(first(task)), nanos(period(task)));
            Row { next, spacing, started: 0, ended: 0, runs: 0, ok: 0, elapsed: 0, waited: 0 }
        };
        let rows: Vec<_> = (0..tasks).map(row).collect();
        let furthest = rows.iter().map(|row| row.next.max(row.spacing)).max().unwrap_or_default();
        // A turn of the wheel is longer than any period.
        let slots = usize::try_from((furthest >> WIDTH) + 2).unwrap_or_default().next_power_of_two();
        let mut wheel = vec![Vec::new(); slots];
        for (number, row) in (0..).zip(&rows) {
            wheel[slot_of(row.next >> WIDTH, slots)].push((row.next, number));
        }
        Self {
            tasks: (0..tasks).map(task).collect(),
            rows,
            records: VecDeque::new(),
            wheel,
            tick: 0,
            due: Vec::new(),
            clock: Arc::default(),
            probe: Arc::default(),
        }
    }

    /// Runs the tasks for `length`, each millisecond those that are due.
    pub async fn serve(mut self, length: Duration, begun: Begun) {
        let (probe, end) = begin(Duration::ZERO, length, &begun);
        let _ = self.probe.set(probe);
        let millisecond = Duration::from_millis(1);
        let mut ticks = interval_at((probe.began() + millisecond).into(), millisecond);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        while Instant::now() < end {
            ticks.tick().await;
            self.records.clear();
            self.pass::<5>(|| nanos(probe.began().elapsed()));
        }
    }

    /// Returns the cost of a run with all guarantees up to the step `STEP`. Before the last step, all tasks count as
    /// due.
    pub fn round<const STEP: usize>(&mut self, steps: u32, step: Duration) -> f64 {
        each(|| self.steps::<STEP>(steps, step))
    }

    fn steps<const STEP: usize>(&mut self, steps: u32, step: Duration) -> u64 {
        let mut runs = 0;
        for _ in 0..steps {
            self.clock.step(step);
            // The records of the pass before.
            drop(std::hint::black_box(self.records.drain(..)));
            let clock = Arc::clone(&self.clock);
            runs += self.pass::<STEP>(|| clock.now().boot.as_nanos());
        }
        runs
    }

    fn pass<const STEP: usize>(&mut self, clock: impl Fn() -> i64) -> u64 {
        let mut now = clock();
        if STEP >= 5 {
            self.take_due(now);
        }
        let count = if STEP >= 5 { self.due.len() } else { self.tasks.len() };
        for place in 0..count {
            let row = if STEP >= 5 { self.due[place] as usize } else { place };
            let (task, slot) = (&self.tasks[row], self.rows[row].next);
            let ok = if STEP >= 1 {
                catch_unwind(AssertUnwindSafe(|| task(slot))).unwrap_or_default()
            } else {
                task(slot)
            };
            if STEP < 2 {
                continue;
            }
            let (started, ended) = (now, clock());
            now = ended;
            if STEP < 3 {
                continue;
            }
            let kept = &mut self.rows[row];
            kept.next += kept.spacing;
            (kept.started, kept.ended, kept.runs) = (started, ended, kept.runs + 1);
            kept.ok += u64::from(ok);
            (kept.elapsed, kept.waited) = (kept.elapsed + ended - started, kept.waited + started - slot);
            let (next, row) = (kept.next, u32::try_from(row).unwrap_or(u32::MAX));
            if STEP >= 4 {
                self.records.push_back(Record { row, slot, started, ended });
            }
            if STEP >= 5 {
                let place = slot_of(next >> WIDTH, self.wheel.len());
                self.wheel[place].push((next, row));
            }
        }
        self.due.clear();
        count as u64
    }

    /// Takes the due rows, in the order of the table.
    fn take_due(&mut self, now: i64) {
        let to = now >> WIDTH;
        for tick in self.tick..=to {
            let place = slot_of(tick, self.wheel.len());
            self.wheel[place].retain(|(time, row)| {
                let is_due = *time <= now;
                if is_due {
                    self.due.push(*row);
                }
                !is_due
            });
        }
        self.tick = to;
        self.due.sort_unstable();
    }
}

fn slot_of(tick: i64, slots: usize) -> usize {
    // A power of two.
    usize::try_from(tick).unwrap_or(0) & (slots - 1)
}

impl std::fmt::Debug for Floor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Floor").field("tasks", &self.tasks.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_due_runs_in_each_step() {
        let second = Duration::from_secs(1);
        let mut floor = Floor::of(10, |task| Duration::from_millis(if task < 5 { 1_000 } else { 500 }));
        assert_eq!(floor.steps::<5>(4, second / 2), 30);
        assert!(floor.rows[..5].iter().all(|row| (row.runs, row.ok, row.waited) == (2, 2, 0)));
        assert!(floor.rows[5..].iter().all(|row| (row.runs, row.ok, row.waited) == (4, 4, 0)));
        let Record { row, slot, started, ended } = floor.records[9];
        assert_eq!((row, slot, started, ended), (9, 2_000_000_000, 2_000_000_000, 2_000_000_000));
    }
}
