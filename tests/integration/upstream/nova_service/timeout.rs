//! The time of `graceful_shutdown`. It has no option of its own: it gets the time that the runs leave.

use std::time::Duration;

use periodic_test_support::LogCapture;

use crate::service::scene::{Fault, Scene, after};

/// Stops a service with this grace time after 12 s, and returns the time that its hook had.
async fn left(scene: &Scene, grace: u64) -> String {
    let service =
        scene.service_with(|options| options.graceful_shutdown_timeout = Duration::from_secs(grace));
    let _ = service.build().unwrap().run_until(after(12)).await.unwrap();
    scene.order().into_iter().find(|line| line.starts_with("left")).unwrap()
}

#[tokio::test(start_paused = true)]
async fn test_get_manager_shutdown_timeout() {
    assert_eq!(left(&Scene::new(), 30).await, "left Some(30)");
}

#[tokio::test(start_paused = true)]
async fn test_get_manager_shutdown_timeout_no_negative_value() {
    let scene = Scene::new();
    scene.break_down("working", Fault::Hangs);
    assert_eq!(left(&scene, 5).await, "left Some(0)");
}

#[tokio::test(start_paused = true)]
async fn test_run_manager_graceful_shutdown_passes_timeout() {
    assert_eq!(left(&Scene::new(), 10).await, "left Some(10)");
}

#[tokio::test(start_paused = true)]
async fn test_run_manager_graceful_shutdown_handles_exception() {
    let scene = Scene::new();
    scene.break_down("graceful_shutdown", Fault::Fails);
    left(&scene, 30).await;
    assert_eq!(scene.times("cleanup_host"), [12]);
}

#[tokio::test(start_paused = true)]
async fn test_run_manager_graceful_shutdown_warns_on_timeout() {
    let (scene, said) = (Scene::new(), LogCapture::default());
    let _guard = said.listen();
    scene.break_down("graceful_shutdown", Fault::Hangs);
    left(&scene, 30).await;
    assert_eq!(scene.times("cleanup_host"), [42]);
    assert_eq!(said.containing("`graceful_shutdown` did not end in time and was cut").len(), 1, "{said:?}");
}
