//! A runner on two worker threads, whose tasks are due when the caller says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, Thread};

use periodic::prelude::*;
use tokio::runtime::{Builder, Runtime};

use super::stepped::Stepped;
use crate::measure::SECOND;

/// The runs of all tasks, and the number at which the caller is woken.
#[derive(Debug)]
struct Runs {
    made: AtomicU64,
    until: AtomicU64,
    caller: Thread,
}

struct Noting(Arc<Runs>);

#[periodic_manager]
impl Noting {
    // Async, to be spawned.
    #[allow(clippy::unused_async)]
    #[periodic_task(spacing = 1)]
    async fn poll(&self) {
        if self.0.made.fetch_add(1, Ordering::AcqRel) + 1 == self.0.until.load(Ordering::Acquire) {
            self.0.caller.unpark();
        }
    }
}

/// A task that wakes the runner, which then reads its clock.
struct Waking;

#[periodic_manager]
impl Waking {
    // Async, to be queued while it runs.
    #[allow(clippy::unused_async)]
    #[periodic_task(spacing = "1h", overlap = queue)]
    async fn wake(&self) {}
}

/// A runner on two threads, driven by this one.
#[derive(Debug)]
pub struct TwoThreads {
    runtime: Runtime,
    runs: Arc<Runs>,
    clock: Arc<Stepped>,
    handle: Handle,
    tasks: u64,
}

impl TwoThreads {
    /// Creates `tasks` spawned tasks that are due each second.
    pub fn of(tasks: usize) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime");
        let runs = Runs { made: AtomicU64::new(0), until: AtomicU64::new(0), caller: thread::current() };
        let (runs, clock) = (Arc::new(runs), Arc::<Stepped>::default());
        let managers: Vec<_> = (0..tasks).map(|_| Noting(Arc::clone(&runs))).collect();
        let runner = Runner::builder(managers).manager(Waking).clock(Arc::clone(&clock)).build();
        let runner = runner.unwrap_or_else(|error| panic!("the benchmark's table: {error}"));
        let handle = runner.handle();
        let (begun, begins) = std::sync::mpsc::channel();
        let shutdown = async move {
            // The runner polls this first when its grids have begun.
            let _ = begun.send(());
            std::future::pending::<()>().await;
        };
        runtime.spawn(runner.run_until(shutdown));
        begins.recv().expect("the runner works");
        Self { runtime, runs, clock, handle, tasks: tasks as u64 }
    }

    /// Runs all tasks in each of `seconds` seconds; returns the number of runs.
    pub fn seconds(&mut self, seconds: u32) -> u64 {
        for _ in 0..seconds {
            let until = self.runs.made.load(Ordering::Acquire) + self.tasks;
            self.runs.until.store(until, Ordering::Release);
            self.clock.step(SECOND);
            let _ = self.handle.trigger("wake").unwrap_or_else(|error| panic!("a control call: {error}"));
            while self.runs.made.load(Ordering::Acquire) < until {
                thread::park();
            }
        }
        u64::from(seconds) * self.tasks
    }

    /// Ends all threads.
    pub fn end(self) {
        self.runtime.shutdown_background();
    }
}
