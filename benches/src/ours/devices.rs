//! Managers written with the attributes, whose tasks only count.

// The tasks are async to be spawned or awaited, and wait for nothing.
#![allow(clippy::unused_async)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use periodic::prelude::*;
use periodic::time::Clock;

/// The number of runs of some managers' tasks.
pub type Runs = Arc<AtomicU64>;

/// A plain task, run by the pass itself.
#[derive(Debug)]
pub struct Plain(Runs);

#[periodic_manager]
impl Plain {
    #[periodic_task(spacing = 1, inline)]
    fn poll(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// An async task that ends at its first poll.
#[derive(Debug)]
pub struct Inline(Runs);

#[periodic_manager]
impl Inline {
    #[periodic_task(spacing = 1, inline)]
    async fn poll(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// An async task that is spawned.
#[derive(Debug)]
pub struct Spawned(Runs);

#[periodic_manager]
impl Spawned {
    #[periodic_task(spacing = 1)]
    async fn poll(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A task that is not due for an hour.
#[derive(Debug)]
pub struct Idle;

#[periodic_manager]
impl Idle {
    #[periodic_task(spacing = "1h")]
    async fn poll(&self) {}
}

/// A task on the wall clock that is not due for an hour or so.
#[derive(Debug)]
pub struct IdleOnTheWall;

#[periodic_manager]
impl IdleOnTheWall {
    #[periodic_task(spacing = "24h", align)]
    async fn poll(&self) {}
}

/// A manager that counts its runs.
pub trait Counting: PeriodicManager<Context = (), Owner = ()> {
    /// Creates one that counts into `runs`.
    fn counting(runs: Runs) -> Self;
}

impl Counting for Plain {
    fn counting(runs: Runs) -> Self {
        Self(runs)
    }
}

impl Counting for Inline {
    fn counting(runs: Runs) -> Self {
        Self(runs)
    }
}

impl Counting for Spawned {
    fn counting(runs: Runs) -> Self {
        Self(runs)
    }
}

/// Creates `count` managers, and their counter.
pub fn many<M: Counting>(count: usize) -> (Vec<M>, Runs) {
    let runs = Runs::default();
    ((0..count).map(|_| M::counting(Arc::clone(&runs))).collect(), runs)
}

/// Creates a runner of `tasks` idle tasks, named `0.poll` and so on.
pub fn idle_runner(tasks: usize, clock: impl Clock) -> Runner {
    runner((0..tasks).map(|_| Idle).collect::<Vec<_>>(), clock)
}

/// Creates the same runner with tasks on the wall clock.
pub fn idle_runner_on_the_wall(tasks: usize, clock: impl Clock) -> Runner {
    runner((0..tasks).map(|_| IdleOnTheWall).collect::<Vec<_>>(), clock)
}

fn runner(manager: impl PeriodicManager<Context = (), Owner = ()>, clock: impl Clock) -> Runner {
    Runner::builder(manager)
        .clock(clock)
        .build()
        .unwrap_or_else(|error| panic!("the benchmark's table: {error}"))
}
