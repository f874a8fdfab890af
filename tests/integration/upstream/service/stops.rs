//! The runs of a service that is stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::Service;
use periodic::service::{HookResult, Hooks, ServiceControl, ServiceIdentity, ServiceStopped};
use tokio::task::JoinHandle;

use crate::service::scene::{Fault, Scene, after};

/// A service one of whose runs has begun, 10 s after the beginning.
async fn at_work(fault: Option<Fault>) -> (Scene, ServiceControl, JoinHandle<ServiceStopped>) {
    let scene = Scene::new();
    if let Some(fault) = fault {
        scene.break_down("working", fault);
    }
    let service = scene.service().build().unwrap();
    let control = service.control();
    let running = tokio::spawn(async { service.run().await.unwrap() });
    after(11).await;
    assert_eq!(scene.times("work"), [10]);
    (scene, control, running)
}

struct Slow(Arc<AtomicU32>);

#[periodic::periodic_manager]
impl Slow {
    #[periodic::periodic_task(spacing = 60, run_immediately)]
    async fn work(&self) {
        after(1).await;
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A service that stops in the middle of a run of a second.
async fn stopped(graceful: bool) -> (ServiceStopped, u32, u64) {
    let (scene, done) = (Scene::new(), Arc::new(AtomicU32::new(0)));
    let settings = periodic::Settings::new().service(|options| options.periodic_fuzzy_delay = Duration::ZERO);
    let service = Service::builder(Slow(Arc::clone(&done))).settings(settings).build().unwrap();
    let control = service.control();
    let running = tokio::spawn(service.run());
    tokio::time::sleep(Duration::from_millis(100)).await;
    if graceful {
        control.stop();
    } else {
        control.stop_now();
    }
    let stopped = running.await.unwrap().unwrap();
    (stopped, done.load(Ordering::SeqCst), scene.seconds())
}

#[tokio::test(start_paused = true)]
async fn test_graceful_stop() {
    let (stopped, done, seconds) = stopped(true).await;
    assert!(stopped.is_clean() && done == 1 && seconds == 1, "{stopped}, {done}, {seconds}");
}

#[tokio::test(start_paused = true)]
async fn test_ungraceful_stop() {
    let (stopped, done, seconds) = stopped(false).await;
    assert_eq!((stopped.to_string().as_str(), done, seconds), ("runs were cut: Slow.work", 0, 0));
}

#[tokio::test(start_paused = true)]
async fn test_graceful_shutdown() {
    let (scene, control, running) = at_work(None).await;
    control.stop();
    assert!(running.await.unwrap().is_clean());
    assert_eq!(scene.times("cleanup_host"), [11]);
    // A second one is no mistake.
    control.stop();
    assert_eq!(scene.times("cleanup_host"), [11]);
}

#[tokio::test(start_paused = true)]
async fn test_stop() {
    let (scene, control, running) = at_work(Some(Fault::Hangs)).await;
    control.stop();
    control.stop();
    assert_eq!(running.await.unwrap().to_string(), "runs were cut: Worker.work");
    assert_eq!(scene.times("graceful_shutdown").len(), 1);
}

struct Telling(Arc<AtomicU32>);

impl Hooks for Telling {
    async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
        self.0.store(service.pid, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn test_no_fork() {
    let process = Arc::new(AtomicU32::new(0));
    let service =
        Service::builder(Slow(Arc::default())).hooks(Telling(Arc::clone(&process))).build().unwrap();
    let _ = service.run_until(after(1)).await.unwrap();
    assert_eq!(process.load(Ordering::SeqCst), std::process::id());
}
