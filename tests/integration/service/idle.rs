use std::time::Duration;

use periodic::{Handle, Runner, periodic_manager, periodic_task};

use super::scene::{Scene, after};

struct Worker;

#[periodic_manager]
impl Worker {
    #[periodic_task(spacing = 10)]
    fn work(&self) {}
}

/// How often the process is woken in an hour in which no task is due.
async fn wakes_in_an_hour(handle: &Handle) -> u64 {
    let wakes = || tokio::runtime::Handle::current().metrics().worker_park_count(0);
    after(15).await;
    handle.pause("work").unwrap();
    after(85).await;
    let before = wakes();
    after(3_600).await;
    wakes() - before
}

#[tokio::test(start_paused = true)]
async fn an_idle_service_is_woken_by_its_serving_loop_alone() {
    let runner = Runner::builder(Worker).build().unwrap();
    let handle = runner.handle();
    let running = tokio::spawn(runner.run());
    let of_the_loop = wakes_in_an_hour(&handle).await;
    handle.stop();
    let _ = running.await.unwrap();

    let scene = Scene::new();
    let service = scene.service_with(|options| options.report_interval = Duration::ZERO);
    let service = service.build().unwrap();
    let handle = service.control().tasks().clone();
    let running = tokio::spawn(service.run());
    let of_all = wakes_in_an_hour(&handle).await;
    // Its grids began at another moment, so one more of its rounds may lie in the hour.
    assert!(of_all.abs_diff(of_the_loop) <= 5, "{of_all} {of_the_loop}");
    handle.stop();
    let _ = running.await.unwrap().unwrap();
}
