//! A runner in virtual time, whose work does not depend on the machine.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use periodic::{PeriodicManager, Runner};
use tokio::runtime::Runtime;

use super::devices::Runs;
use super::stepped::Stepped;
use crate::peers::paused;

/// A runner on a runtime of one thread.
#[derive(Debug)]
pub struct SteppedRunner {
    runtime: Runtime,
    runs: Runs,
    clock: Arc<Stepped>,
}

impl SteppedRunner {
    /// Starts the tasks of a manager that counts its runs.
    pub fn of((manager, runs): (impl PeriodicManager<Context = (), Owner = ()>, Runs)) -> Self {
        let (runtime, clock) = (paused(), Arc::<Stepped>::default());
        let _inside = runtime.enter();
        // The machine's clocks cannot be read under valgrind.
        let runner = Runner::builder(manager).clock(Arc::clone(&clock)).build();
        let runner = runner.unwrap_or_else(|error| panic!("the benchmark's table: {error}"));
        runtime.spawn(runner.run_until(std::future::pending()));
        // The grids begin with the runner's first poll.
        runtime.block_on(tokio::task::yield_now());
        Self { runtime, runs, clock }
    }

    /// Makes a step for each of `due`, which is the number of runs that are due in it; returns the number of runs.
    pub fn steps(&mut self, step: Duration, due: &[u64]) -> u64 {
        let before = self.runs.load(Ordering::Relaxed);
        let mut until = before;
        self.runtime.block_on(async {
            for due in due {
                until += due;
                self.clock.step(step);
                tokio::time::advance(step).await;
                while self.runs.load(Ordering::Relaxed) < until {
                    tokio::task::yield_now().await;
                }
            }
        });
        until - before
    }
}

/// Returns how many runs of tasks with these periods are due in each of `steps` steps after the first `after`.
pub fn due(tasks: usize, period: fn(usize) -> Duration, step: Duration, after: u32, steps: u32) -> Vec<u64> {
    let until = |steps: u32| {
        let slots = |task| (step * steps).as_nanos() / period(task).as_nanos();
        u64::try_from((0..tasks).map(slots).sum::<u128>()).unwrap_or(u64::MAX)
    };
    (after..after + steps).map(|number| until(number + 1) - until(number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{SECOND, period};
    use crate::ours::devices::{Spawned, many};
    use crate::ours::fleet::Fleet;

    #[test]
    fn all_due_runs_are_made_in_each_step() {
        let mut spawned = SteppedRunner::of(many::<Spawned>(10));
        assert_eq!(spawned.steps(SECOND, &[10, 10, 10]), 30);

        let step = Duration::from_millis(10);
        let mut inline = SteppedRunner::of(Fleet::mixed(100));
        let due = due(100, period, step, 0, 50);
        let all: u64 = due.iter().sum();
        assert_eq!(inline.steps(step, &due), all);
        assert_eq!(inline.runs.load(Ordering::Relaxed), all);
    }
}
