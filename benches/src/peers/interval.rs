//! `tokio::time::interval`, in a spawned task for each.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::{Instant, interval_at};

use super::paused;
use crate::measure::period;
use crate::ours::lateness::{self, Seen};
use crate::ours::stepped::nanos;
use crate::rounds::each;
use crate::users::contender::begin;
use crate::users::load::{AWAITED, Code, Load};
use crate::users::sample::Begun;

/// Tasks with an interval each, all of which count.
#[derive(Debug)]
pub struct Intervals {
    runtime: Runtime,
    runs: Arc<AtomicU64>,
}

impl Intervals {
    /// Creates `tasks` tasks.
    pub fn of(tasks: usize, period: fn(usize) -> Duration) -> Self {
        let runtime = paused();
        let runs = Arc::new(AtomicU64::new(0));
        runtime.block_on(async { spawn(tasks, period, &runs) });
        runtime.block_on(settled(&runs));
        Self { runtime, runs }
    }

    /// Makes `steps` steps; returns the cost of a run, the steps of time included.
    pub fn round(&mut self, steps: u32, step: Duration) -> f64 {
        let before = self.runs.load(Ordering::Relaxed);
        each(|| {
            self.runtime.block_on(async {
                for _ in 0..steps {
                    tokio::time::advance(step).await;
                    settled(&self.runs).await;
                }
            });
            self.runs.load(Ordering::Relaxed) - before
        })
    }
}

/// Spawns `tasks` tasks with an interval each.
pub fn spawn(tasks: usize, period: fn(usize) -> Duration, runs: &Arc<AtomicU64>) {
    let now = Instant::now();
    for task in 0..tasks {
        let (runs, period) = (Arc::clone(runs), period(task));
        tokio::spawn(async move {
            let mut interval = interval_at(now + period, period);
            loop {
                interval.tick().await;
                runs.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
}

/// Waits until all due tasks have run: between two checks, tokio runs about sixty of the ready tasks.
async fn settled(runs: &AtomicU64) {
    let mut seen = None;
    while seen != Some(runs.load(Ordering::Relaxed)) {
        seen = Some(runs.load(Ordering::Relaxed));
        tokio::task::yield_now().await;
    }
}

/// Runs the tasks of `load` for `length`, in a spawned task for each.
pub async fn serve(load: Load, length: Duration, begun: Begun) {
    // All wait for their first tick when the round begins.
    let (probe, end) = begin(load.set_up(), length, &begun);
    for task in 0..load.tasks {
        let (first, period) = (load.first(task), load.period(task));
        tokio::spawn(async move {
            let mut interval = interval_at((probe.began() + first).into(), period);
            loop {
                let due = interval.tick().await;
                probe.note(due.into_std() - probe.began());
                if load.code == Code::Awaits {
                    tokio::time::sleep(AWAITED).await;
                }
            }
        });
    }
    tokio::time::sleep_until(end.into()).await;
}

/// Returns the runs in real time of as many tasks as this project has there.
pub fn late(for_so_long: Duration) -> Vec<Seen> {
    let (runtime, log) = (lateness::runtime(), lateness::log());
    let inside = runtime.enter();
    let began = Instant::now();
    for task in 0..lateness::TASKS {
        let (log, period) = (Arc::clone(&log), period(task));
        tokio::spawn(async move {
            let mut interval = interval_at(began + period, period);
            loop {
                let due = interval.tick().await;
                let (slot, late) = (due - began, due.elapsed());
                lateness::note(&log, Seen { task, slot: nanos(slot), late: nanos(late) });
            }
        });
    }
    runtime.block_on(tokio::time::sleep(for_so_long));
    drop(inside);
    drop(runtime);
    lateness::seen(&log)
}
