//! The cost of a handwritten run, guarantee by guarantee: the floor below this project.
//!
//! Each step does the work of the one before it, and one thing more. None of them has a second clock, names, rules,
//! pauses, retries, timeouts, jitter, tokens, or tasks that wait.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use periodic::time::Clock;

use super::devices::Runs;
use super::stepped::{Stepped, nanos};
use crate::rounds::each;

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
const SLOTS: usize = 2_048;

type Task = Box<dyn Fn() -> bool + Send + Sync>;

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
}

impl Floor {
    /// Creates `tasks` tasks, with periods of at most a second.
    pub fn of(tasks: usize, period: fn(usize) -> Duration) -> Self {
        let runs = Runs::default();
        let task = |_| {
            let runs = Arc::clone(&runs);
            let task = move || {
                runs.fetch_add(1, Ordering::Relaxed);
                true
            };
            Box::new(task) as Task
        };
        let row = |task| {
            let spacing = nanos(period(task));
            Row { next: spacing, spacing, started: 0, ended: 0, runs: 0, ok: 0, elapsed: 0, waited: 0 }
        };
        let rows: Vec<_> = (0..tasks).map(row).collect();
        let mut wheel = vec![Vec::new(); SLOTS];
        for (number, row) in (0..).zip(&rows) {
            wheel[slot_of(row.next >> WIDTH)].push((row.next, number));
        }
        Self {
            tasks: (0..tasks).map(task).collect(),
            rows,
            records: VecDeque::new(),
            wheel,
            tick: 0,
            due: Vec::new(),
            clock: Arc::default(),
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
            runs += self.pass::<STEP>();
        }
        runs
    }

    fn pass<const STEP: usize>(&mut self) -> u64 {
        let mut now = self.clock.now().boot.as_nanos();
        if STEP >= 5 {
            self.take_due(now);
        }
        let count = if STEP >= 5 { self.due.len() } else { self.tasks.len() };
        for place in 0..count {
            let row = if STEP >= 5 { self.due[place] as usize } else { place };
            let task = &self.tasks[row];
            let ok =
                if STEP >= 1 { catch_unwind(AssertUnwindSafe(task)).unwrap_or_default() } else { task() };
            if STEP < 2 {
                continue;
            }
            let (started, ended) = (now, self.clock.now().boot.as_nanos());
            now = ended;
            if STEP < 3 {
                continue;
            }
            let kept = &mut self.rows[row];
            let slot = kept.next;
            kept.next += kept.spacing;
            (kept.started, kept.ended, kept.runs) = (started, ended, kept.runs + 1);
            kept.ok += u64::from(ok);
            (kept.elapsed, kept.waited) = (kept.elapsed + ended - started, kept.waited + started - slot);
            let (next, row) = (kept.next, u32::try_from(row).unwrap_or(u32::MAX));
            if STEP >= 4 {
                self.records.push_back(Record { row, slot, started, ended });
            }
            if STEP >= 5 {
                self.wheel[slot_of(next >> WIDTH)].push((next, row));
            }
        }
        self.due.clear();
        count as u64
    }

    /// Takes the due rows, in the order of the table.
    fn take_due(&mut self, now: i64) {
        let to = now >> WIDTH;
        for tick in self.tick..=to {
            self.wheel[slot_of(tick)].retain(|(time, row)| {
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

fn slot_of(tick: i64) -> usize {
    usize::try_from(tick).unwrap_or(0) % SLOTS
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
