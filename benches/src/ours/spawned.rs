//! The runs that a runner spawns, in virtual time.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use periodic::Runner;
use tokio::runtime::Runtime;

use super::devices::{Runs, Spawned, many};
use super::stepped::Stepped;
use crate::measure::SECOND;
use crate::peers::paused;
use crate::rounds::each;

/// A runner on a runtime of one thread, whose tasks are all due each second.
#[derive(Debug)]
pub struct SpawnedRuns {
    runtime: Runtime,
    runs: Runs,
    tasks: u64,
    clock: Option<Arc<Stepped>>,
}

impl SpawnedRuns {
    /// Creates `tasks` tasks on the machine's clocks.
    pub fn of(tasks: usize) -> Self {
        Self::new(tasks, None)
    }

    /// Creates `tasks` tasks that read no clock of the machine, which cannot be read under valgrind.
    pub fn without_clocks(tasks: usize) -> Self {
        Self::new(tasks, Some(Arc::default()))
    }

    fn new(tasks: usize, clock: Option<Arc<Stepped>>) -> Self {
        let runtime = paused();
        let (managers, runs) = many::<Spawned>(tasks);
        let _inside = runtime.enter();
        let builder = Runner::builder(managers);
        let runner = match &clock {
            Some(clock) => builder.clock(Arc::clone(clock)).build(),
            None => builder.build(),
        };
        let runner = runner.unwrap_or_else(|error| panic!("the benchmark's table: {error}"));
        runtime.spawn(runner.run_until(std::future::pending()));
        // The grids begin with the runner's first poll.
        runtime.block_on(tokio::task::yield_now());
        Self { runs, tasks: tasks as u64, clock, runtime }
    }

    /// Runs all tasks in each of `seconds` seconds; returns the number of runs.
    pub fn seconds(&mut self, seconds: u32) -> u64 {
        let before = self.runs.load(Ordering::Relaxed);
        self.runtime.block_on(async {
            for second in 1..=u64::from(seconds) {
                if let Some(clock) = &self.clock {
                    clock.step(SECOND);
                }
                tokio::time::advance(SECOND).await;
                while self.runs.load(Ordering::Relaxed) < before + second * self.tasks {
                    tokio::task::yield_now().await;
                }
            }
        });
        u64::from(seconds) * self.tasks
    }

    /// Returns the cost of a run, its end and its record included.
    pub fn round(&mut self, seconds: u32) -> f64 {
        each(|| self.seconds(seconds))
    }
}
