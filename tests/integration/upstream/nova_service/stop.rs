//! A stop of the whole service.

use std::sync::{Arc, OnceLock};

use periodic::Handle;

use crate::service::scene::{Fault, Scene, after};

/// The events from the stop on, of a service that runs for 12 s.
async fn stopped(scene: &Scene) -> Vec<String> {
    let stopped = scene.service().build().unwrap().run_until(after(12)).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
    let order = scene.order();
    let stop = order.iter().position(|line| line == "leave").unwrap();
    order[stop + 1..].to_vec()
}

const STOP: [&str; 5] = ["left Some(60)", "graceful_shutdown", "second down", "first down", "cleanup_host"];

#[tokio::test(start_paused = true)]
async fn test_parent_graceful_shutdown() {
    assert_eq!(stopped(&Scene::new()).await, STOP);
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_call_manager_graceful_shutdown() {
    let scene = Scene::new();
    stopped(&scene).await;
    assert_eq!(scene.times("graceful_shutdown"), [12]);
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_calls_manager_graceful_shutdown_before_rpc_wait() {
    // The original stops the server from taking requests first; here it is up while the hook runs.
    assert_eq!(stopped(&Scene::new()).await[1..3], ["graceful_shutdown", "second down"]);
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_marks_shutdown_in_progress_before_rpc_drain() {
    let (scene, handle) = (Scene::new(), Arc::new(OnceLock::<Handle>::new()));
    let (seen, drained) = (scene.clone(), Arc::clone(&handle));
    let service = scene.service().endpoint("third", |shutdown| async move {
        shutdown.cancelled().await;
        seen.note(drained.get().unwrap().trigger("work").unwrap_err().to_string());
        Ok::<_, String>(())
    });
    let service = service.build().unwrap();
    handle.get_or_init(|| service.control().tasks().clone());
    let _ = service.run_until(after(12)).await.unwrap();
    let refused = "the service is being stopped; no task starts any more";
    assert_eq!(scene.times(refused), [12], "{:?}", scene.order());
}

#[tokio::test(start_paused = true)]
async fn test_service_stop_handle_manager_gs_exception() {
    for fault in [Fault::Fails, Fault::Panics] {
        let scene = Scene::new();
        scene.break_down("graceful_shutdown", fault);
        assert_eq!(stopped(&scene).await, STOP);
    }
}

#[tokio::test(start_paused = true)]
async fn test_stop_before_start_initialize_RPC_does_not_raise() {
    let scene = Scene::new();
    let service = scene.service().build().unwrap();
    service.control().stop();
    assert!(service.run().await.unwrap().is_clean());
    assert!(scene.order().is_empty(), "what was not begun is not taken back");
}
