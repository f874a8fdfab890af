//! What a run costs that is written by hand, guarantee by guarantee: the floor below this project.
//!
//! Each step does what the one before it does, and one thing more. None of them knows names, rules, pauses, retries,
//! timeouts, jitter, time zones, or tasks that wait.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use periodic::time::Clock;

use super::devices::Runs;
use super::stepped::{Stepped, nanos};
use crate::rounds::each;

/// What each step adds.
pub const STEPS: [&str; 6] = [
    "a call through a pointer",
    "its panics are caught",
    "the clock is read after it",
    "the next slot, the last run, and its counters are kept",
    "its outcome is recorded",
    "what is due comes from a timing wheel, and goes back to it",
];

/// What is kept of a task: a line of the processor's cache.
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

/// What became of a slot.
#[derive(Clone, Copy, Debug)]
struct Record {
    row: u32,
    slot: i64,
    started: i64,
    ended: i64,
}

/// A wheel's slot is so many bits of nanoseconds wide.
const WIDTH: u32 = 20;
const SLOTS: usize = 2_048;

type Task = Box<dyn Fn() -> bool + Send + Sync>;

/// Tasks of one spacing, all due in each step.
pub struct ByHand {
    tasks: Vec<Task>,
    rows: Vec<Row>,
    records: VecDeque<Record>,
    wheel: Vec<Vec<(i64, u32)>>,
    due: Vec<(i64, u32)>,
    clock: Arc<Stepped>,
}

impl ByHand {
    /// So many tasks that do nothing but count.
    pub fn of(tasks: usize, spacing: Duration) -> Self {
        let (runs, spacing) = (Runs::default(), nanos(spacing));
        let task = |_| {
            let runs = Arc::clone(&runs);
            let task = move || {
                runs.fetch_add(1, Ordering::Relaxed);
                true
            };
            Box::new(task) as Task
        };
        let row = Row { next: spacing, spacing, started: 0, ended: 0, runs: 0, ok: 0, elapsed: 0, waited: 0 };
        let mut wheel = vec![Vec::new(); SLOTS];
        wheel[slot_of(spacing)] = (0..).take(tasks).map(|row| (spacing, row)).collect();
        Self {
            tasks: (0..tasks).map(task).collect(),
            rows: vec![row; tasks],
            records: VecDeque::new(),
            wheel,
            due: Vec::new(),
            clock: Arc::default(),
        }
    }

    /// What a run costs with all that is added up to this step.
    pub fn round(&mut self, step: usize, steps: u32) -> f64 {
        match step {
            0 => each(|| self.steps::<0>(steps)),
            1 => each(|| self.steps::<1>(steps)),
            2 => each(|| self.steps::<2>(steps)),
            3 => each(|| self.steps::<3>(steps)),
            4 => each(|| self.steps::<4>(steps)),
            _ => each(|| self.steps::<5>(steps)),
        }
    }

    fn steps<const STEP: usize>(&mut self, steps: u32) -> u64 {
        let mut runs = 0;
        for _ in 0..steps {
            self.clock.step(Duration::from_secs(1));
            self.records.clear();
            runs += self.pass::<STEP>();
        }
        runs
    }

    fn pass<const STEP: usize>(&mut self) -> u64 {
        let begun = self.clock.now().boot.as_nanos();
        if STEP >= 5 {
            let place = slot_of(begun);
            self.due.append(&mut self.wheel[place]);
            self.due.retain(|(time, _)| *time <= begun);
        }
        let count = if STEP >= 5 { self.due.len() } else { self.tasks.len() };
        let mut now = begun;
        for place in 0..count {
            let row = if STEP >= 5 { self.due[place].1 as usize } else { place };
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
            let next = kept.next;
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            if STEP >= 4 {
                self.records.push_back(Record { row: number, slot, started, ended });
            }
            if STEP >= 5 {
                self.wheel[slot_of(next)].push((next, number));
            }
        }
        self.due.clear();
        std::hint::black_box(&self.records);
        count as u64
    }
}

fn slot_of(time: i64) -> usize {
    usize::try_from(time >> WIDTH).unwrap_or(0) % SLOTS
}

impl std::fmt::Debug for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByHand").field("tasks", &self.tasks.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tasks_run_in_each_step() {
        let mut by_hand = ByHand::of(10, Duration::from_secs(1));
        assert_eq!(by_hand.steps::<5>(3), 30);
        assert!(by_hand.rows.iter().all(|row| (row.runs, row.ok, row.waited) == (3, 3, 0)));
        let Record { row, slot, started, ended } = by_hand.records[9];
        assert_eq!((row, slot, started, ended), (9, 3_000_000_000, 3_000_000_000, 3_000_000_000));
    }
}
