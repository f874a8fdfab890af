//! Clocks of the user's that panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::task::{Execution, Run, TaskName};
use periodic::time::{Clock, Now};
use periodic::{Runner, Settings, SystemClock};

use crate::runner::{Empty, every};

/// The machine's clock, which panics once `left` readings are taken: once, or for good.
struct Broken {
    clock: SystemClock,
    left: Arc<AtomicI64>,
    for_good: bool,
}

impl Broken {
    fn after(readings: i64, for_good: bool) -> (Self, Arc<AtomicI64>) {
        let left = Arc::new(AtomicI64::new(readings));
        (Self { clock: SystemClock::new(), left: Arc::clone(&left), for_good }, left)
    }

    fn note(&self) {
        let left = self.left.fetch_sub(1, Ordering::Relaxed);
        assert!(left > 0 || (left < 0 && !self.for_good), "the clock is broken");
    }
}

/// Lets it work again.
fn mend(left: &AtomicI64) {
    left.store(i64::MAX, Ordering::Relaxed);
}

impl Clock for Broken {
    fn now(&self) -> Now {
        self.note();
        self.clock.now()
    }

    fn shortly_after(&self, earlier: Now) -> Now {
        self.note();
        self.clock.shortly_after(earlier)
    }
}

fn name(task: &str) -> TaskName {
    TaskName::new("Stage", task).unwrap()
}

/// Polls a future to its end; an error if it panics.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = Box::pin(future);
    std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => std::task::Poll::Ready(Err(panic)),
    })
    .await
}

/// The panic drops a run or a pass; a second one in that drop would end the process.
#[tokio::test(start_paused = true)]
async fn a_pass_whose_clock_panics_leaves_no_run_behind() {
    let cases = (3..16).flat_map(|left| [(left, false), (left, true)]);
    for ((readings, for_good), way) in cases.flat_map(|case| [0, 1, 2].map(|way| (case, way))) {
        let (clock, left) = Broken::after(readings, for_good);
        let mut tasks = PeriodicTasks::new(Empty, clock, &Settings::default()).unwrap();
        for task in ["one", "two"] {
            let spec = every(task, 10).execution(Execution::Inline);
            tasks.add_periodic_task(name(task), spec, |_, (), _: &Run| ()).unwrap();
        }
        for pass in 0..4 {
            if pass == 3 {
                mend(&left);
            }
            tokio::time::advance(Duration::from_secs(10)).await;
            let _ = caught(async {
                match way {
                    0 => _ = tasks.run_periodic_tasks(&(), RaiseOnError::No).await,
                    1 => _ = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await,
                    _ => {
                        let mut pass = tasks.begin_pass();
                        while let Some(run) = pass.start_next() {
                            let end = run.run(&()).await;
                            let _ = pass.ended(end);
                        }
                    }
                }
            })
            .await;
        }
        for task in tasks.status() {
            let (case, counters) = ((readings, for_good, way), task.counters);
            assert_eq!(counters.runs, counters.ok + counters.cancelled, "{case:?}: {counters:?}");
            assert!(task.going.is_empty() && counters.ok > 0, "{case:?}: {counters:?}");
        }
    }
}

/// No run's end is lost with the reading by which it would be recorded.
#[tokio::test(start_paused = true)]
async fn a_runner_whose_clock_panics_ends_at_most_and_records_all_runs() {
    for (readings, for_good) in (8..70).flat_map(|left| [(left, false), (left, true)]) {
        let (clock, left) = Broken::after(readings, for_good);
        let runner = Runner::builder(Empty).clock(clock).build().unwrap();
        let handle = runner.handle();
        for (task, execution) in [("spawned", Execution::Spawned), ("inline", Execution::Inline)] {
            let run = |_| tokio::time::sleep(Duration::from_secs(1));
            handle.add(name(task), every(task, 10).execution(execution), run).unwrap();
        }
        // A panic ends this task alone.
        let _ = tokio::spawn(runner.run_until(tokio::time::sleep(Duration::from_secs(60)))).await;
        mend(&left);
        // The runtime drops aborted runs.
        tokio::time::sleep(Duration::from_secs(1)).await;
        for task in handle.status() {
            let (case, counters) = ((readings, for_good, task.name()), task.counters);
            assert_eq!(counters.runs, counters.ok + counters.cancelled, "{case:?}: {counters:?}");
            assert!(task.going.is_empty(), "{case:?}: {:?}", task.going);
        }
    }
}
