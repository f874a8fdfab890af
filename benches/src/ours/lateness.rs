//! Runs in real time: their lateness, and whether each slot has its run.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use periodic::SystemClock;
use periodic::prelude::*;
use periodic::task::{Interval, TaskName, TaskSpec};
use periodic::time::Clock;
use tokio::runtime::Runtime;

use super::stepped::nanos;
use crate::measure::period;

/// The number of tasks.
pub const TASKS: usize = 1_000;

/// A run: its task, its slot since the grids began, and its lateness.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The task's number.
    pub task: usize,
    /// Nanoseconds from the grids' beginning to the slot.
    pub slot: i64,
    /// Nanoseconds from the slot to the task's first line.
    pub late: i64,
}

/// The runs, in the order of their starts.
pub type Log = Arc<Mutex<Vec<Seen>>>;

/// Creates a log with enough room that no measured run allocates.
pub fn log() -> Log {
    Arc::new(Mutex::new(Vec::with_capacity(200_000)))
}

/// Records a run.
pub fn note(log: &Mutex<Vec<Seen>>, seen: Seen) {
    log.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
}

/// Takes the recorded runs. Their slots count from the grids' beginning, which lies a period before the first slot.
pub fn seen(log: &Log) -> Vec<Seen> {
    let mut seen = std::mem::take(&mut *log.lock().unwrap_or_else(PoisonError::into_inner));
    let began = seen.iter().map(|run| run.slot - nanos(period(run.task))).min().unwrap_or_default();
    for run in &mut seen {
        run.slot -= began;
    }
    seen
}

/// Creates a runtime of one thread.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}

struct Nothing;

#[periodic_manager]
impl Nothing {}

/// Starts a runner with its default timer on the current runtime.
pub fn start(log: &Log) -> Handle {
    let clock = SystemClock::new();
    let runner = Runner::builder(Nothing).clock(clock.clone()).build();
    let runner = runner.unwrap_or_else(|error| panic!("an empty table: {error}"));
    let handle = runner.handle();
    for task in 0..TASKS {
        let log = Arc::clone(log);
        let spec = TaskSpec::new("").every(Interval::from_duration(period(task)));
        let clock = clock.clone();
        let added =
            handle.add(TaskName::new("Fleet", &format!("t{task}")).unwrap(), spec, move |run: Run| {
                let (slot, now) = (run.slot().at.as_nanos(), clock.now().boot.as_nanos());
                note(&log, Seen { task, slot, late: now - slot });
                std::future::ready(())
            });
        added.unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
    }
    tokio::spawn(runner.run_until(std::future::pending()));
    handle
}

/// Returns the runs of this project.
pub fn ours(for_so_long: Duration) -> Vec<Seen> {
    let (runtime, log) = (runtime(), log());
    runtime.block_on(async {
        let handle = start(&log);
        tokio::time::sleep(for_so_long).await;
        handle.stop_now();
    });
    drop(runtime);
    seen(&log)
}

/// Returns the number of tasks that did not run within a period after the runtime's only thread was held for 3.5 s.
pub fn stalled() -> usize {
    let (runtime, log) = (runtime(), log());
    runtime.block_on(async {
        let handle = start(&log);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        std::thread::sleep(Duration::from_millis(3_500));
        tokio::time::sleep(Duration::from_millis(2_200)).await;
        handle.stop_now();
    });
    let runs = seen(&log);
    // The gap that all tasks share is the stall.
    let mut times: Vec<_> = runs.iter().map(|run| run.slot + run.late).collect();
    times.sort_unstable();
    let (_, over) = times.windows(2).map(|pair| (pair[1] - pair[0], pair[1])).max().unwrap_or_default();
    let ran = |task| {
        let until = over + nanos(period(task));
        runs.iter().any(|run| run.task == task && (over..=until).contains(&(run.slot + run.late)))
    };
    (0..TASKS).filter(|&task| !ran(task)).count()
}
