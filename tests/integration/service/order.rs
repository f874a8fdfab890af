use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use periodic::task::LeftOut;
use periodic::time::{Alarm, Clock, Instant, Now};
use periodic::{PeriodicManager, Service, SystemClock, periodic_manager, periodic_task};

use super::scene::{Scene, after};

#[tokio::test(start_paused = true)]
async fn a_stop_runs_the_start_backwards() {
    let scene = Scene::new();
    let service = scene.service().build().unwrap();
    let stopped = service.run_until(after(12)).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
    assert_eq!(
        scene.order(),
        [
            "init_host",
            "record",
            "pre_start_hook",
            "first up",
            "second up",
            "post_start_hook",
            "join",
            "beat",
            "work",
            "working",
            "leave",
            "left Some(60)",
            "graceful_shutdown",
            "second down",
            "first down",
            "cleanup_host",
        ]
        .map(String::from),
    );
}

#[tokio::test(start_paused = true)]
async fn a_handle_and_a_control_stop_the_service() {
    for by_control in [false, true] {
        let scene = Scene::new();
        let service = scene.service().build().unwrap();
        let (handle, control) = (service.control().tasks().clone(), service.control());
        let running = tokio::spawn(service.run());
        after(3).await;
        if by_control {
            control.stop();
        } else {
            handle.stop();
        }
        assert!(running.await.unwrap().unwrap().is_clean());
        assert_eq!(scene.times("cleanup_host"), [3]);
    }
}

#[tokio::test(start_paused = true)]
async fn without_periodic_tasks_all_else_runs() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.periodic_enable = false).build().unwrap();
    assert_eq!(service.table().tasks()[0].left_out(), Some(LeftOut::NotEnabled));
    let _ = service.run_until(after(30)).await.unwrap();
    assert!(scene.times("work").is_empty());
    assert_eq!(scene.times("beat"), [5, 15, 25]);
    assert_eq!(scene.times("cleanup_host"), [30]);
}

struct Other;

#[derive(Default)]
struct Request(&'static str);

#[periodic_manager(context = Request)]
impl Other {
    #[periodic_task(spacing = 10)]
    async fn read(&self, request: &Request) -> Result<(), &'static str> {
        Err(request.0)
    }
}

#[tokio::test(start_paused = true)]
async fn several_managers_share_a_service() {
    fn run<M: PeriodicManager<Owner = (), Context: Default>>(
        manager: M,
        scene: &Scene,
    ) -> impl Future<Output = periodic::Handle> {
        let service = scene.service().manager(manager).build().unwrap();
        let handle = service.control().tasks().clone();
        async move {
            let _ = service.run_until(after(15)).await.unwrap();
            handle
        }
    }
    let scene = Scene::new();
    let handle = run(Other, &scene).await;
    assert_eq!(handle.status_of("Other.read").unwrap().counters.failed, 1);
    assert_eq!(handle.status_of("Worker.work").unwrap().counters.ok, 1);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_dropped_leaves_nothing_running() {
    let scene = Scene::new();
    let service = scene.service().build().unwrap();
    let _ = tokio::time::timeout(Duration::from_secs(7), service.run()).await.unwrap_err();
    let before = scene.order().len();
    after(1_000).await;
    assert_eq!(scene.order().len(), before);
}

/// A clock that fails once when it is told to, and with it the scheduler.
struct Breaking(SystemClock, Arc<AtomicBool>);

impl Clock for Breaking {
    fn now(&self) -> Now {
        assert!(!self.1.swap(false, Ordering::SeqCst), "the clock is broken");
        self.0.now()
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        self.0.alarm(deadline)
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_whose_scheduler_dies_dies_with_it() {
    let (scene, broken) = (Scene::new(), Arc::new(AtomicBool::new(false)));
    let service = scene.service().clock(Breaking(SystemClock::new(), Arc::clone(&broken))).build().unwrap();
    let running = tokio::spawn(service.run());
    // The next to read it is the scheduler, when its task is due.
    after(16).await;
    broken.store(true, Ordering::SeqCst);
    let end = tokio::time::timeout(Duration::from_secs(1_000), running).await.expect("it looks alive");
    assert!(end.unwrap_err().is_panic());
    assert_eq!(scene.seconds(), 20);
}

#[test]
fn the_identity_has_a_name_for_everything() {
    let service = Service::builder_with(Other, || Request("a")).build().unwrap();
    assert!(!service.identity().host.is_empty() && !service.identity().binary.is_empty());
    assert_eq!(service.identity().pid, std::process::id());
    let service = Service::builder_with(Other, || Request("a")).topic("mine").binary("a-b").build().unwrap();
    assert_eq!(service.identity().topic, "mine");
}
