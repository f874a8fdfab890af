//! The reports of watchers.

use periodic::scheduler::{ColumnError, StatusTable};

use super::worker::{Worker, every_millis, millis};

#[tokio::test(start_paused = true)]
async fn test_watching_work() {
    for n in [3, 5, 9, 11] {
        let worker = Worker::started().await;
        worker.add(every_millis("cb", 100), |_| async {});
        millis(100 * n + 50).await;
        let watcher = worker.watcher("cb");
        assert_eq!((watcher.counters.runs, watcher.counters.ok), (n, n));
        assert_eq!(watcher.name().task(), "cb");
        let _ = worker.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn test_watcher() {
    let worker = Worker::started().await;
    worker.add(every_millis("m_1", 1_000), |_| async {});
    worker.add(every_millis("m_2", 500), |_| async {});
    millis(2_100).await;
    for watcher in worker.handle.status() {
        assert!(watcher.counters.runs >= 1, "{}", watcher.name());
        assert!(watcher.counters.ok >= 1);
    }
    worker.handle.reset_all_counters();
    for watcher in worker.handle.status() {
        let counters = watcher.counters;
        assert_eq!((counters.runs, counters.ok, counters.unsuccessful()), (0, 0, 0));
        assert!(counters.total_elapsed().is_zero() && counters.total_waited().is_zero());
        assert_eq!((counters.average_elapsed(), counters.average_waited()), (None, None));
    }
}

/// `TestPformat.test_invalid`.
#[tokio::test(start_paused = true)]
async fn test_invalid() {
    let worker = Worker::started().await;
    let table = || StatusTable::new(worker.handle.status());
    assert_eq!(table().columns([]).unwrap_err(), ColumnError::None);
    assert!(matches!(table().columns(["not a column"]), Err(ColumnError::Unknown { .. })));
}
