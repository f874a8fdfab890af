use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use periodic::manager::TaskOutput;
use periodic::scheduler::TaskStatus;
use periodic::task::{Interval, Run, TaskName, TaskSpec};
use periodic::{Handle, Runner, Stopped, periodic_manager};
use tokio::task::JoinHandle;

struct Nothing;

#[periodic_manager]
impl Nothing {}

/// A worker that runs, without callables at first.
pub(super) struct Worker {
    pub(super) handle: Handle,
    runner: JoinHandle<Stopped>,
}

impl Worker {
    pub(super) async fn started() -> Self {
        let runner = Runner::builder(Nothing).build().unwrap();
        let handle = runner.handle();
        let runner = tokio::spawn(runner.run());
        tokio::task::yield_now().await;
        Self { handle, runner }
    }

    /// Adds a callable; the answer counts its calls.
    pub(super) fn add<F, Fut>(&self, spec: TaskSpec, callable: F) -> Arc<AtomicU64>
    where
        F: Fn(Run) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskOutput> + Send + 'static,
    {
        let calls = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&calls);
        let task = move |run| {
            count.fetch_add(1, Ordering::SeqCst);
            callable(run)
        };
        self.handle.add(TaskName::new("", spec.name).unwrap(), spec, task).unwrap();
        calls
    }

    pub(super) fn watcher(&self, task: &str) -> TaskStatus {
        self.handle.status_of(task).unwrap()
    }

    pub(super) async fn stop(self) -> Stopped {
        self.handle.stop();
        self.runner.await.unwrap()
    }
}

pub(super) const fn every_millis(name: &'static str, millis: i64) -> TaskSpec {
    TaskSpec::new(name).every(Interval::from_nanos(millis * 1_000_000))
}

pub(super) async fn millis(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
