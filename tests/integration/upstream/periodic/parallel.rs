//! `run_periodic_tasks_in_parallel`, without its processes.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::scheduler::SlotRecord;
use periodic::task::{Interval, TaskName, TaskSpec};
use periodic::{Settings, SystemClock, periodic_manager, periodic_task};

#[derive(Default)]
struct Manager {
    lock: Mutex<bool>,
    free: Condvar,
}

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 10)]
    async fn r0(&self) {
        tokio::time::sleep(Duration::from_secs(2)).await;
    }

    #[periodic_task(spacing = 10)]
    async fn r1(&self) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn tasks() -> PeriodicTasks<Manager, SystemClock> {
    PeriodicTasks::new(Manager::default(), SystemClock::new(), &Settings::default()).unwrap()
}

fn ended(records: &[SlotRecord]) -> Vec<&str> {
    records.iter().map(|record| record.name().task()).collect()
}

#[tokio::test(start_paused = true)]
async fn test_run_periodic_tasks_in_parallel_no_due_tasks_returns_idle() {
    let mut tasks = tasks();
    let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
    assert_eq!(idle.as_secs_f64().round().to_string(), "10");
    assert!(tasks.records().is_empty());
}

#[tokio::test(start_paused = true)]
async fn test_collect_async_task_results_drains_ready_out_of_submit_order() {
    let mut tasks = tasks();
    tokio::time::sleep(Duration::from_secs(10)).await;
    run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
    assert_eq!(ended(tasks.records()), ["r1", "r0"]);
}

#[tokio::test(start_paused = true)]
async fn test_run_periodic_tasks_in_parallel_no_deadlock_when_thread_holds_lock() {
    let mut tasks = tasks();
    for number in 0..10 {
        let name = format!("task-{number}");
        let spec = TaskSpec::new("task").every(Interval::from_secs(1));
        let added =
            tasks.add_periodic_task(TaskName::new("Manager", &name).unwrap(), spec, |manager, &(), _| {
                let held = manager.lock.lock().unwrap();
                drop(manager.free.wait_while(held, |free| !*free).unwrap());
            });
        added.unwrap();
    }
    tokio::time::advance(Duration::from_secs(1)).await;
    // All of them wait for this one, so none may wait for another.
    let spec = TaskSpec::new("frees").every(Interval::from_secs(1));
    let frees = TaskName::new("Manager", "frees").unwrap();
    // It is added last, and runs with the next pass that finds it due, which is the same.
    tasks
        .add_periodic_task(frees, spec.run_immediately(), |manager, &(), _| {
            *manager.lock.lock().unwrap() = true;
            manager.free.notify_all();
        })
        .unwrap();
    run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap();
    assert_eq!(tasks.records().len(), 11);
}
