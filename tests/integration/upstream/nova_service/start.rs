//! `ServiceManagerTestCase` and the start in `ServiceTestCase`.

use std::time::Duration;

use periodic::service::{StartStep, down_time};
use periodic::{Service, Settings};

use crate::service::scene::{Fault, Scene, after};

#[test]
fn test_service_with_min_down_time() {
    let settings = Settings::new().service(|options| {
        options.service_down_time = Duration::from_secs(10);
        options.report_interval = Duration::from_secs(10);
    });
    assert_eq!(down_time(settings.options()), Duration::from_secs(25));
}

struct FakeManager;

#[periodic::periodic_manager]
impl FakeManager {}

fn fake() -> Service {
    Service::builder(FakeManager).host("foo").binary("nova-fake").topic("fake").build().unwrap()
}

#[test]
fn test_create() {
    assert_eq!(fake().identity().binary, "nova-fake");
}

#[test]
fn test_repr() {
    assert_eq!(fake().identity().to_string(), "fake on foo");
    let told = format!("{:?}", fake());
    assert!(told.contains("foo") && told.contains("nova-fake"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn test_init_and_start_hooks() {
    let scene = Scene::new();
    let _ = scene.service().build().unwrap().run_until(after(1)).await.unwrap();
    let start = ["init_host", "record", "pre_start_hook", "first up", "second up", "post_start_hook", "join"];
    assert_eq!(scene.order()[..7], start);
}

#[tokio::test(start_paused = true)]
async fn test_start_updates_version() {
    // Each start writes the record, whatever it held; the version is the registry's own column.
    let scene = Scene::new();
    for starts in 1..=2 {
        let _ = scene.service().build().unwrap().run_until(after(1)).await.unwrap();
        assert_eq!(scene.times("record").len(), starts);
    }
}

/// A record that cannot be written, because another process was faster and its record is gone again.
async fn service_check_create_race() {
    let scene = Scene::new();
    scene.break_down("record", Fault::Fails);
    let error = scene.service().build().unwrap().run().await.unwrap_err();
    assert_eq!(error.step(), Some(StartStep::Record), "{error}");
    assert_eq!(scene.order(), ["init_host", "record", "cleanup_host"]);
}

#[tokio::test(start_paused = true)]
async fn test_service_check_create_race_topic_exists() {
    service_check_create_race().await;
}

#[tokio::test(start_paused = true)]
async fn test_service_check_create_race_binary_exists() {
    service_check_create_race().await;
}

#[tokio::test(start_paused = true)]
async fn test_reset() {
    let scene = Scene::new();
    let service = scene.service().build().unwrap();
    service.control().reload().await.unwrap();
    assert_eq!(scene.order(), ["reset"]);
}
