//! The sequential pass in virtual time.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Waker};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::{PeriodicManager, Settings};

use super::devices::{Counting, Runs, many};
use super::fleet::Fleet;
use super::stepped::Stepped;
use crate::rounds::each;

/// A manager's tasks, run by the pass at each step of the clock.
#[derive(Debug)]
pub struct Passes<M: PeriodicManager<Context = (), Owner = ()>> {
    tasks: PeriodicTasks<M, Arc<Stepped>>,
    clock: Arc<Stepped>,
    runs: Runs,
}

impl<M: Counting> Passes<Vec<M>> {
    /// Creates `count` managers of one kind.
    pub fn of(count: usize) -> Self {
        Self::new(many(count))
    }
}

impl Passes<Fleet> {
    /// Creates `count` tasks of mixed periods.
    pub fn mixed(count: usize) -> Self {
        Self::new(Fleet::mixed(count))
    }
}

impl<M: PeriodicManager<Context = (), Owner = ()>> Passes<M> {
    fn new((manager, runs): (M, Runs)) -> Self {
        let clock = Arc::new(Stepped::default());
        let tasks = PeriodicTasks::new(manager, Arc::clone(&clock), &Settings::default())
            .unwrap_or_else(|error| panic!("the benchmark's table: {error}"));
        Self { tasks, clock, runs }
    }

    /// Makes `steps` steps, and returns the number of runs.
    pub fn steps(&mut self, steps: u32, step: Duration) -> u64 {
        let before = self.runs.load(Ordering::Relaxed);
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..steps {
            self.clock.step(step);
            let pass = pin!(self.tasks.run_periodic_tasks(&(), RaiseOnError::No));
            assert!(pass.poll(&mut context).is_ready(), "no task of the benchmark waits");
        }
        self.runs.load(Ordering::Relaxed) - before
    }

    /// Returns the cost of a run.
    pub fn round(&mut self, steps: u32, step: Duration) -> f64 {
        each(|| self.steps(steps, step))
    }
}
