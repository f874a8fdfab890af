//! Callables that come while the worker runs, and their arguments.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use periodic::{Runner, periodic_manager, periodic_task};

use super::worker::{Worker, every_millis, millis};

#[tokio::test(start_paused = true)]
async fn test_waiting_immediate_add_processed() {
    let worker = Worker::started().await;
    millis(100).await;
    let calls = worker.add(every_millis("cb", 500).run_immediately(), |_| async {});
    millis(1).await;
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn test_add_on_demand() {
    const NAMES: [&str; 10] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"];
    let worker = Worker::started().await;
    let mut calls = Vec::new();
    for name in NAMES {
        calls.push(worker.add(every_millis(name, 500), |_| async {}));
        millis(100).await;
    }
    millis(500).await;
    for (name, calls) in NAMES.iter().zip(&calls) {
        assert!(calls.load(Ordering::SeqCst) >= 1, "{name}");
    }
}

type Given = (String, String);

/// The `args` and `kwargs` of the original are the manager's own state and the context.
struct CreateWithArguments {
    called: Arc<Mutex<Option<Given>>>,
}

#[periodic_manager(context = Given)]
impl CreateWithArguments {
    #[periodic_task(spacing = 0.5)]
    fn cb(&self, context: &Given) {
        *self.called.lock().unwrap() = Some(context.clone());
    }
}

#[tokio::test(start_paused = true)]
async fn test_create_with_arguments() {
    let called = Arc::default();
    let manager = CreateWithArguments { called: Arc::clone(&called) };
    let runner = Runner::builder_with(manager, || ("foo".into(), "baz".into())).build().unwrap();
    let handle = runner.handle();
    let runner = tokio::spawn(runner.run());
    // A plain task runs on another thread, for which paused time does not wait.
    let _ = handle.trigger("cb").unwrap();
    while handle.status_of("cb").unwrap().counters.ok == 0 {
        tokio::task::yield_now().await;
        std::thread::yield_now();
    }
    handle.stop();
    let _ = runner.await.unwrap();
    assert_eq!(*called.lock().unwrap(), Some(("foo".into(), "baz".into())));
}
