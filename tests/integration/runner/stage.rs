//! A runner whose tasks are closures that write down when they start.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::manager::{Call, Collector, Given, TaskOutput};
use periodic::scheduler::TaskStatus;
use periodic::task::{Interval, Run, TaskName, TaskSpec};
use periodic::{Handle, PeriodicManager, Runner, RunnerBuilder, Stopped};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// A manager of whose own there is nothing: the tests add their tasks at run time.
pub(crate) struct Empty;

impl PeriodicManager for Empty {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Stage");
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Stage", row)
    }
}

/// A running service, and the notes of its tasks.
pub(super) struct Stage {
    pub(super) handle: Handle,
    begun: Instant,
    starts: Arc<Mutex<Vec<(String, u64)>>>,
    runner: JoinHandle<Stopped>,
}

impl Stage {
    pub(super) async fn new() -> Self {
        Self::with(|builder| builder).await
    }

    pub(super) async fn with(build: impl FnOnce(RunnerBuilder) -> RunnerBuilder) -> Self {
        let runner = build(Runner::builder(Empty)).build().unwrap();
        let handle = runner.handle();
        let runner = tokio::spawn(runner.run());
        // Its grids begin when it is first polled; then, not a moment later, time goes on.
        tokio::task::yield_now().await;
        Self { handle, begun: Instant::now(), starts: Arc::default(), runner }
    }

    /// Adds a task each of whose runs takes `run`.
    pub(super) fn task<F, Fut>(&self, spec: TaskSpec, run: F)
    where
        F: Fn(Run) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskOutput> + Send + 'static,
    {
        let note = self.note(spec.name);
        self.handle
            .add(TaskName::new("Stage", spec.name).unwrap(), spec, move |one| {
                note();
                run(one)
            })
            .unwrap();
    }

    /// Adds a task whose runs take this number of seconds.
    pub(super) fn lasting(&self, spec: TaskSpec, seconds: u64) {
        self.task(spec, move |_| tokio::time::sleep(Duration::from_secs(seconds)));
    }

    /// Adds a plain task.
    pub(super) fn plain<R: TaskOutput + 'static>(
        &self,
        spec: TaskSpec,
        run: impl Fn(&Run) -> R + Send + Sync + 'static,
    ) {
        let note = self.note(spec.name);
        self.handle
            .add_blocking(TaskName::new("Stage", spec.name).unwrap(), spec, move |one| {
                note();
                run(one)
            })
            .unwrap();
    }

    /// Writes down, each time it is called, that `task` starts.
    pub(super) fn note(&self, task: &str) -> impl Fn() + Send + Sync + 'static {
        let (starts, task, begun) = (Arc::clone(&self.starts), task.to_owned(), self.begun);
        move || starts.lock().unwrap().push((task.clone(), begun.elapsed().as_secs()))
    }

    /// Lets time go on until this number of seconds after the start.
    pub(super) async fn until(&self, seconds: u64) {
        tokio::time::sleep_until(self.begun + Duration::from_secs(seconds)).await;
    }

    /// The seconds after the start at which a task's runs started.
    pub(super) fn starts(&self, task: &str) -> Vec<u64> {
        let starts = self.starts.lock().unwrap();
        starts.iter().filter(|(name, _)| name == task).map(|(_, at)| *at).collect()
    }

    /// All starts, in order.
    pub(super) fn order(&self) -> Vec<(String, u64)> {
        self.starts.lock().unwrap().clone()
    }

    pub(super) fn status(&self, task: &str) -> TaskStatus {
        self.handle.status_of(task).unwrap()
    }

    /// How the last slots ended, oldest first.
    pub(super) fn outcomes(&self, task: &str) -> Vec<String> {
        let history = self.handle.records();
        let mine = history.iter().filter(|record| record.name().task() == task);
        mine.map(|record| format!("{:?} x{}", record.outcome, record.count)).collect()
    }

    pub(super) async fn stopped(self) -> Stopped {
        self.runner.await.unwrap()
    }
}

/// Waits, without letting the test's time go on, until something holds. A busy machine may keep another thread from it
/// for seconds.
pub(super) async fn soon(mut holds: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it did not come about");
        tokio::task::yield_now().await;
        std::thread::yield_now();
    }
}

/// A task with this spacing in seconds.
pub(crate) const fn every(name: &'static str, seconds: i64) -> TaskSpec {
    TaskSpec::new(name).every(Interval::from_secs(seconds))
}
