//! Servers beside the tasks: that both are up, and that a stop waits for both, whatever goes wrong.

use crate::service::scene::{Fault, Scene, after};

/// A service of 12 s, in which this goes wrong.
async fn stopped(faults: &[&'static str]) -> Scene {
    let scene = Scene::new();
    for part in faults {
        scene.break_down(part, Fault::Fails);
    }
    let stopped = scene.service().build().unwrap().run_until(after(12)).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
    scene
}

fn assert_both_down(scene: &Scene) {
    for part in ["graceful_shutdown", "second down", "first down", "cleanup_host"] {
        assert_eq!(scene.times(part), [12], "{part}");
    }
}

#[tokio::test(start_paused = true)]
async fn test_service_with_two_rpcservers() {
    let scene = stopped(&[]).await;
    assert_eq!((scene.times("first up"), scene.times("second up")), (vec![0], vec![0]));
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_with_two_rpcservers() {
    assert_both_down(&stopped(&[]).await);
}

#[tokio::test(start_paused = true)]
async fn test_stop_with_two_rpcservers_handle_manager_gs_exception() {
    assert_both_down(&stopped(&["graceful_shutdown"]).await);
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_handle_first_rpcserver_exception() {
    assert_both_down(&stopped(&["first down"]).await);
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_handle_2nd_rpcserver_exception() {
    assert_both_down(&stopped(&["second down"]).await);
}

#[tokio::test(start_paused = true)]
async fn test_shutdown_rpc_server_handle_exception() {
    assert_both_down(&stopped(&["first down", "second down"]).await);
}

/// When the service was down, whose server takes 3 s for its end.
async fn down_after_a_slow_server() -> Vec<u64> {
    let scene = Scene::new();
    let service = scene.service().endpoint("slow", |shutdown| async move {
        shutdown.cancelled().await;
        after(3).await;
        Ok::<_, String>(())
    });
    assert!(service.build().unwrap().run_until(after(12)).await.unwrap().is_clean());
    scene.times("cleanup_host")
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_waits_for_rpcserver() {
    assert_eq!(down_after_a_slow_server().await, [15]);
}

#[tokio::test(start_paused = true)]
async fn test_shutdown_rpc_server() {
    assert_eq!(down_after_a_slow_server().await, [15]);
}
