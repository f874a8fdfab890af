//! `test_manager.py`: the work of a manager that is stopped. There it counts its requests itself; here the runner
//! counts the runs of its tasks, always and not only during a stop.

use periodic::Handle;
use periodic::scheduler::{ControlError, TaskStatus};
use periodic::service::ServiceControl;
use tokio::task::JoinHandle;

use crate::service::scene::{Fault, Scene, after};

struct Running {
    scene: Scene,
    control: ServiceControl,
    service: JoinHandle<String>,
}

impl Running {
    /// A service 11 s after its start, one of whose runs began a second ago.
    async fn start(fault: Option<Fault>) -> Self {
        let scene = Scene::new();
        if let Some(fault) = fault {
            scene.break_down("working", fault);
        }
        let service = scene.service().build().unwrap();
        let control = service.control();
        let service = tokio::spawn(async { service.run().await.unwrap().to_string() });
        after(11).await;
        Self { scene, control, service }
    }

    fn tasks(&self) -> &Handle {
        self.control.tasks()
    }

    fn status(&self) -> TaskStatus {
        self.tasks().status_of("work").unwrap()
    }

    /// How it stopped, and when.
    async fn stop(self) -> (String, u64) {
        self.control.stop();
        (self.service.await.unwrap(), self.scene.seconds())
    }
}

#[tokio::test(start_paused = true)]
async fn test_init_state() {
    let service = Scene::new().service().build().unwrap();
    let status = service.control().tasks().status_of("work").unwrap();
    assert!(status.going.is_empty());
    assert_eq!((status.counters.runs, status.counters.failed), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn test_set_shutdown_in_progress() {
    let running = Running::start(Some(Fault::Hangs)).await;
    assert!(running.tasks().pause("work").is_ok());
    running.control.stop();
    after(1).await;
    assert_eq!(running.tasks().pause("work"), Err(ControlError::Stopping));
}

#[tokio::test(start_paused = true)]
async fn test_periodic_tasks_skipped_when_shutdown_in_progress() {
    let running = Running::start(Some(Fault::Hangs)).await;
    let scene = running.scene.clone();
    // Its next slots would lie within the grace time.
    running.stop().await;
    assert_eq!(scene.times("work"), [10]);
}

#[tokio::test(start_paused = true)]
async fn test_record_task_start_assigns_increasing_keys() {
    let running = Running::start(None).await;
    after(10).await;
    let slots: Vec<_> = running.tasks().records().iter().map(|record| record.first.scheduled).collect();
    assert!(slots.len() == 2 && slots[0] < slots[1], "{slots:?}");
}

#[tokio::test(start_paused = true)]
async fn test_record_task_end_removes_task() {
    let hanging = Running::start(Some(Fault::Hangs)).await;
    assert_eq!(hanging.status().going.len(), 1);
    let ended = Running::start(None).await;
    assert!(ended.status().going.is_empty());
}

#[tokio::test(start_paused = true)]
async fn test_record_task_end_not_tracked_when_no_shutdown() {
    // It is, here.
    assert_eq!(Running::start(None).await.status().counters.ok, 1);
}

#[tokio::test(start_paused = true)]
async fn test_record_task_end_derives_failed_from_future_exception() {
    let running = Running::start(Some(Fault::Panics)).await;
    assert_eq!(running.status().counters.panicked, 1);
}

#[tokio::test(start_paused = true)]
async fn test_record_task_end_derives_failed_from_future_cancelled() {
    let running = Running::start(Some(Fault::Hangs)).await;
    let handle = running.tasks().clone();
    running.stop().await;
    assert_eq!(handle.status_of("work").unwrap().counters.cancelled, 1);
}

#[tokio::test(start_paused = true)]
async fn test_summarize_in_progress_tasks() {
    let running = Running::start(Some(Fault::Hangs)).await;
    assert_eq!(running.control.activity().to_string(), "running: Worker.work");
    assert_eq!(Running::start(None).await.control.activity().to_string(), "idle");
}

#[tokio::test(start_paused = true)]
async fn test_wait_for_in_progress_tasks_returns_immediately_if_empty() {
    assert_eq!(Running::start(None).await.stop().await, ("all runs have ended".into(), 11));
}

#[tokio::test(start_paused = true)]
async fn test_wait_for_in_progress_tasks_waits_for_completion() {
    let running = Running::start(None).await;
    let spec = periodic::task::TaskSpec::new("slow").run_immediately();
    let name = periodic::task::TaskName::new("Worker", "slow").unwrap();
    running.tasks().add(name, spec, |_| after(20)).unwrap();
    after(1).await;
    assert_eq!(running.stop().await, ("all runs have ended".into(), 31));
}

#[tokio::test(start_paused = true)]
async fn test_wait_for_in_progress_tasks_times_out() {
    let running = Running::start(Some(Fault::Hangs)).await;
    assert_eq!(running.stop().await, ("runs were cut: Worker.work".into(), 71));
}
