//! A worker's end.

use std::sync::atomic::Ordering;

use periodic::scheduler::ControlError;
use periodic::task::TaskName;

use super::worker::{Worker, every_millis, millis};

#[tokio::test(start_paused = true)]
async fn test_worker() {
    let worker = Worker::started().await;
    let calls = worker.add(every_millis("cb", 500), |_| async {});
    millis(2_100).await;
    let stopped = worker.stop().await;
    assert!(stopped.cut().is_empty() && stopped.stuck().is_empty());
    let called = calls.load(Ordering::SeqCst);
    assert!(called >= 4, "{called} calls");
    // In the original its executor is dead then.
    millis(2_000).await;
    assert_eq!(calls.load(Ordering::SeqCst), called);
}

#[tokio::test(start_paused = true)]
async fn test_existing_executor() {
    let worker = Worker::started().await;
    worker.add(every_millis("cb", 500), |_| async {});
    millis(2_100).await;
    let _ = worker.stop().await;
    // The executor is the runtime, which is not the worker's to end.
    assert!(tokio::spawn(async { true }).await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn test_add_with_auto_stop_when_empty_set() {
    let worker = Worker::started().await;
    let handle = worker.handle.clone();
    let _ = worker.stop().await;
    let added = handle.add(TaskName::new("", "m_2").unwrap(), every_millis("m_2", 500), |_| async {});
    assert_eq!(added, Err(ControlError::Stopping), "where the original takes it and never calls it");
}
