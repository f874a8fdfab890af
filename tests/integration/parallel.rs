//! The parallel pass: due tasks side by side, with the rules of the sequential one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::scheduler::{SlotRecord, TaskStatus};
use periodic::task::{Interval, Run, TaskName, TaskSpec};
use periodic::{PeriodicManager, Settings, SystemClock, periodic_manager, periodic_task};
use tokio::time::Instant;

/// Counts its runs in itself, which the original's processes cannot.
#[derive(Default)]
struct Sweeps {
    runs: AtomicU32,
}

#[periodic_manager]
impl Sweeps {
    #[periodic_task(spacing = 10)]
    async fn long(&self) -> Result<(), &'static str> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_secs(5)).await;
        Err("long")
    }

    #[periodic_task(spacing = 10)]
    async fn short(&self, run: &Run) -> Result<(), &'static str> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_secs(2)).await;
        if run.slot().at.as_nanos() == 0 { Ok(()) } else { Err("short") }
    }

    #[periodic_task(spacing = 10, timeout = 3)]
    async fn slow(&self) {
        self.runs.fetch_add(1, Ordering::SeqCst);
        std::future::pending::<()>().await;
    }
}

fn tasks<M: PeriodicManager<Owner = ()>>(manager: M) -> PeriodicTasks<M, SystemClock> {
    PeriodicTasks::new(manager, SystemClock::new(), &Settings::default()).unwrap()
}

fn outcomes(records: &[SlotRecord]) -> Vec<String> {
    records.iter().map(|record| format!("{} {:?}", record.name().task(), record.outcome)).collect()
}

fn of<'a>(status: &'a [TaskStatus], task: &str) -> &'a TaskStatus {
    status.iter().find(|status| status.name().task() == task).unwrap()
}

async fn secs(secs: u64) {
    tokio::time::sleep(Duration::from_secs(secs)).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_due_runs_side_by_side_on_one_manager() {
    let mut tasks = tasks(Sweeps::default());
    secs(10).await;
    let begun = Instant::now();
    let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 5, "as long as the longest");
    assert_eq!(idle.as_millis().div_ceil(100), 50, "and the grid stays");
    let ended = ["short Failed(\"short\")", "slow TimedOut", "long Failed(\"long\")"];
    assert_eq!(outcomes(tasks.records()), ended, "as they came");
    let elapsed =
        tasks.records().iter().map(|record| record.elapsed().unwrap().as_secs()).collect::<Vec<_>>();
    assert_eq!(elapsed, [2, 3, 5]);
    assert_eq!(tasks.manager().runs.load(Ordering::SeqCst), 3);
}

/// Each fails, however often it is tried.
struct Flaky;

#[periodic_manager]
impl Flaky {
    #[periodic_task(spacing = 60, retry(attempts = 2, backoff = "5s"))]
    async fn twice(&self, run: &Run) -> Result<(), String> {
        Err(format!("attempt {}", run.attempt()))
    }

    #[periodic_task(spacing = 60, retry(attempts = 2, backoff = "5s"))]
    fn plain(&self, run: &Run) -> Result<(), String> {
        if run.attempt() == 1 { Err("once".into()) } else { Ok(()) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_runs_in_the_pass_in_which_it_is_due_and_only_the_last_error_is_returned() {
    let mut tasks = tasks(Flaky);
    secs(60).await;
    let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap();
    assert_eq!(idle.as_millis().div_ceil(1_000), 5);
    assert!(tasks.records().is_empty());
    secs(3).await;
    let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap();
    assert_eq!((idle.as_millis().div_ceil(1_000), tasks.records().len()), (2, 0), "nothing is due yet");
    secs(2).await;
    let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes);
    assert_eq!(pass.await.unwrap_err().to_string(), "`Flaky.twice` ended as failed: attempt 2");
    let mut ended = outcomes(tasks.records());
    ended.sort();
    assert_eq!(ended, ["plain Ok", "twice Failed(\"attempt 2\")"]);
    assert!(tasks.records().iter().all(|record| record.attempted() == 2));
}

#[tokio::test(start_paused = true)]
async fn the_first_error_is_returned_when_all_have_ended() {
    let mut tasks = tasks(Sweeps::default());
    secs(10).await;
    let error =
        run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap_err();
    assert_eq!(error.to_string(), "`Sweeps.short` ended as failed: short");
    assert_eq!(tasks.records().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_pass_that_is_dropped_cancels_what_runs_once() {
    let mut tasks = tasks(Sweeps::default());
    secs(10).await;
    let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No);
    assert!(tokio::time::timeout(Duration::from_secs(1), pass).await.is_err());
    let cancelled = ["long Cancelled", "short Cancelled", "slow Cancelled"];
    assert_eq!(outcomes(tasks.records()), cancelled);
    secs(10).await;
    // A pass of the other kind follows, at 21 s: the run that was cut at 11 s no longer ran at 20 s.
    let pass = tasks.run_periodic_tasks(&(), RaiseOnError::No);
    let _ = tokio::time::timeout(Duration::from_secs(1), pass).await;
    assert_eq!(outcomes(tasks.records()), ["long Cancelled"], "one after the other");
    for task in tasks.status() {
        let counters = task.counters;
        assert_eq!((counters.cancelled, counters.skipped_in_all()), (counters.runs, 0), "{}", task.name());
    }
}

/// A task that blocks its thread until it is told to go on, or to end.
struct Blocks {
    began: mpsc::Sender<()>,
    go_on: Mutex<mpsc::Receiver<()>>,
}

#[periodic_manager]
impl Blocks {
    #[periodic_task(spacing = 10)]
    fn wait(&self, run: &Run) {
        self.began.send(()).unwrap();
        self.go_on.lock().unwrap().recv().unwrap();
        assert!(run.is_cancelled());
    }
}

/// Lets time go on although a thread is blocked.
async fn advance(secs: u64) {
    tokio::time::advance(Duration::from_secs(secs)).await;
}

#[tokio::test(start_paused = true)]
async fn blocking_work_outlives_its_pass_and_overlaps_until_it_returns() {
    let (began, begins) = mpsc::channel();
    let (goes_on, go_on) = mpsc::channel();
    let mut tasks = tasks(Blocks { began, go_on: Mutex::new(go_on) });
    advance(10).await;
    {
        let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No);
        tokio::select! {
            biased;
            _ = pass => panic!("it cannot have ended"),
            began = tokio::task::spawn_blocking(move || { begins.recv().unwrap(); begins }) => drop(began),
        }
    }
    assert_eq!(outcomes(tasks.records()), ["wait Cancelled"]);
    advance(10).await;
    let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No);
    pass.await.unwrap();
    assert_eq!(tasks.records().len(), 0, "the slot at 20 s passes while the task is going");
    assert!(of(&tasks.status(), "wait").going[0].abandoned);
    // A run that ends at the slot's very instant has ended.
    advance(1).await;
    goes_on.send(()).unwrap();
    // The thread's end cannot be seen from here but through the tasks.
    while !of(&tasks.status(), "wait").going.is_empty() {
        run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
    }
    let status = tasks.status();
    let counters = of(&status, "wait").counters;
    assert_eq!((counters.runs, counters.cancelled, counters.ok, counters.skipped_in_all()), (1, 1, 0, 1));
    assert_eq!(
        of(&status, "wait").next.unwrap().at - of(&status, "wait").last_slot.unwrap().at,
        Duration::from_secs(10)
    );
}

#[tokio::test(start_paused = true)]
async fn an_added_task_runs_beside_the_others() {
    let mut tasks = tasks(Sweeps::default());
    let here = std::thread::current().id();
    let spec = TaskSpec::new("added").every(Interval::from_secs(7));
    tasks
        .add_periodic_task(TaskName::new("Sweeps", "added").unwrap(), spec, move |manager, &(), _| {
            manager.runs.fetch_add(10, Ordering::SeqCst);
            if std::thread::current().id() == here { Err("on the pass's own thread") } else { Ok(()) }
        })
        .unwrap();
    secs(7).await;
    run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap();
    assert_eq!(tasks.manager().runs.load(Ordering::SeqCst), 10);
}
