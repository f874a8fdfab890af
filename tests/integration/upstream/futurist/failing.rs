//! Callables that fail, and those that are done.

use std::sync::atomic::Ordering;

use periodic::scheduler::TaskState;
use periodic::task::{Next, Outcome, SlotKind, TaskError};
use periodic::watch::Event;

use super::worker::{Worker, every_millis, millis};

#[tokio::test(start_paused = true)]
async fn test_failure_callback() {
    let worker = Worker::started().await;
    let mut watcher = worker.handle.watch();
    worker.add(every_millis("failing_cb", 100), |_| async { Err::<(), _>("Broken!") });
    // The original calls back with the callable, the kind of its run, its spacing and the error.
    let record = loop {
        if let Some(Event::SlotEnded(record)) = watcher.next().await {
            break record;
        }
    };
    assert_eq!(record.name().task(), "failing_cb");
    assert_eq!(record.first.kind, SlotKind::Scheduled);
    assert_eq!(record.task.spec().schedule.to_string(), "every 100ms");
    assert_eq!(record.outcome, Outcome::Failed(TaskError::new("Broken!")));
    millis(1_000).await;
    assert!(worker.watcher("failing_cb").counters.failed > 1, "it stays scheduled");
}

#[tokio::test(start_paused = true)]
async fn test_never_again_exc() {
    let worker = Worker::started().await;
    let m_1 = worker.add(every_millis("m_1", 500), |_| async { Next::Never });
    let m_2 = worker.add(every_millis("m_2", 500), |_| async {});
    millis(2_000).await;
    assert_eq!(m_1.load(Ordering::SeqCst), 1);
    assert!(m_2.load(Ordering::SeqCst) >= 3);
    let watcher = worker.watcher("m_1");
    assert!(watcher.counters.ok >= 1);
    assert_eq!(watcher.counters.unsuccessful(), 0);
    assert!(watcher.ended_by_run);
    assert_eq!(watcher.state, TaskState::Done);
    assert!(!worker.watcher("m_2").ended_by_run);
}
