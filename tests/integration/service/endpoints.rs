use std::error::Error as _;
use std::time::Duration;

use periodic::ErrorKind;

use super::scene::{Scene, after};

/// Ends the service by an endpoint that ends with `end` after 12 s; returns the error's text.
async fn ended_by(end: fn() -> Result<(), String>) -> String {
    let scene = Scene::new();
    let service = scene.service().endpoint("api", move |_| async move {
        after(12).await;
        end()
    });
    let error = service.build().unwrap().run_until(after(100)).await.unwrap_err();
    assert_eq!(scene.times("cleanup_host"), [12], "all else is stopped as by a stop");
    assert_eq!(scene.times("first down"), [12]);
    assert_eq!((error.kind(), error.endpoint()), (ErrorKind::Endpoint, Some("api")));
    error.source().map_or("nothing".into(), ToString::to_string)
}

#[tokio::test(start_paused = true)]
async fn one_that_ends_by_itself_stops_the_service() {
    assert_eq!(ended_by(|| Ok(())).await, "nothing");
    assert_eq!(ended_by(|| Err("the socket is gone".into())).await, "the socket is gone");
    assert!(ended_by(|| panic!("no such route")).await.contains("no such route"));
}

#[tokio::test(start_paused = true)]
async fn one_that_ends_during_the_start_ends_the_start() {
    let scene = Scene::new();
    scene.break_down("post_start_hook", super::scene::Fault::Hangs);
    let service = scene.service().endpoint("api", |_| async { Err("the port is taken") });
    let error = service.build().unwrap().run_until(after(100)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Endpoint, "{error}");
    assert_eq!(scene.seconds(), 0);
    assert!(scene.times("graceful_shutdown").is_empty());
    assert_eq!(scene.times("cleanup_host"), [0]);
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_its_time_is_waited_for() {
    let scene = Scene::new();
    let service = scene.service().endpoint("slow", |shutdown| async move {
        shutdown.cancelled().await;
        tokio::time::sleep(Duration::from_secs(50)).await;
        Ok::<_, String>(())
    });
    let stopped = service.build().unwrap().run_until(after(12)).await.unwrap();
    assert!(stopped.is_clean());
    assert_eq!(scene.times("second down"), [62], "the last one is asked first");
}
