//! `test_db_servicegroup.py`.

use std::time::Duration;

use periodic::service::Registry;
use periodic::{Service, Settings, periodic_manager};
use periodic_cluster::{Member, Membership as _, ServiceGroup, ServiceIdentity};

use super::driver::{Driver, Fault, fake_service, seen};

struct Nothing;

#[periodic_manager]
impl Nothing {}

const DOWN_TIME: Duration = Duration::from_secs(15);

fn group(driver: &Driver) -> ServiceGroup {
    ServiceGroup::new(driver.clone(), DOWN_TIME)
}

/// A service that reports each second, until half a second after this number.
async fn serve(driver: &Driver, seconds: u64) {
    let settings = Settings::new().service(|options| {
        options.report_interval = Duration::from_secs(1);
        options.service_down_time = DOWN_TIME;
    });
    let service = Service::builder(Nothing)
        .host("fake-host")
        .binary("nova-compute")
        .settings(settings)
        .registry(group(driver))
        .build()
        .unwrap();
    let _ =
        service.run_until(tokio::time::sleep(Duration::from_millis(seconds * 1_000 + 500))).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn test_is_up() {
    let members = group(&Driver::new());
    assert!(members.is_up(&seen(Duration::ZERO)));
    assert!(members.is_up(&seen(Duration::from_secs(15))));
    assert!(!members.is_up(&seen(Duration::from_secs(16))));
    Registry::record(&members, &fake_service()).await.unwrap();
    assert!(members.is_up_of("fake-host", "nova-compute").await.unwrap(), "created now, not seen yet");
    tokio::time::sleep(Duration::from_secs(16)).await;
    // Other updates are no sign of life: an operator's change makes no member live.
    Registry::record(&members, &fake_service()).await.unwrap();
    members.force_down("fake-host", "nova-compute", false).await.unwrap();
    assert!(!members.is_up_of("fake-host", "nova-compute").await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn test_join() {
    let driver = Driver::new();
    serve(&driver, 7).await;
    assert_eq!(driver.times("join"), [0]);
    assert_eq!(driver.times("beat"), [5, 6, 7]);
}

#[tokio::test(start_paused = true)]
async fn test_report_state() {
    let driver = Driver::new();
    let group = group(&driver);
    Registry::record(&group, &fake_service()).await.unwrap();
    for _ in 0..10 {
        group.beat(&fake_service()).await.unwrap();
    }
    assert_eq!(group.members().await.unwrap()[0].report_count, 10);
    group.beat(&fake_service()).await.unwrap();
    assert_eq!(group.members().await.unwrap()[0].report_count, 11);
    assert_eq!(driver.times("beat").len(), 11, "each is one call");
}

/// The service goes on, and so do its heartbeats.
async fn goes_on_after(fault: Fault) {
    let driver = Driver::new();
    let mended = driver.clone();
    let mending = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        mended.break_down(Some(fault));
        tokio::time::sleep(Duration::from_millis(6_500)).await;
        mended.break_down(None);
    };
    tokio::join!(serve(&driver, 11), mending);
    assert_eq!(driver.times("beat"), [5, 6, 7, 8, 9, 10, 11], "{fault:?}");
    let members = driver.members.members().await.unwrap();
    assert_eq!(members[0].report_count, 4, "{fault:?}: those of the 8th second and later");
}

#[tokio::test(start_paused = true)]
async fn test_report_state_error_handling_timeout() {
    goes_on_after(Fault::Hangs).await;
}

#[tokio::test(start_paused = true)]
async fn test_report_state_unexpected_error() {
    goes_on_after(Fault::Fails).await;
}

#[tokio::test(start_paused = true)]
async fn test_report_state_service_not_found() {
    let driver = Driver::new();
    let group = group(&driver);
    driver.break_down(Some(Fault::NotFound));
    group.beat(&fake_service()).await.unwrap();
    assert_eq!(driver.calls(), ["beat", "record", "join", "beat"]);
    assert!(group.is_up_of("fake-host", "nova-compute").await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn test_get_updated_time() {
    let group = group(&Driver::new());
    let error = group.updated_at("fake-host", "nova-compute").await.unwrap_err();
    assert_eq!(error.to_string(), "no service `nova-compute` on host `fake-host` has a record");
    Registry::record(&group, &fake_service()).await.unwrap();
    group.beat(&fake_service()).await.unwrap();
    let member: Member = group.members().await.unwrap().remove(0);
    assert_eq!(group.updated_at("fake-host", "nova-compute").await.unwrap(), member.last_seen.unwrap());
}

#[tokio::test(start_paused = true)]
async fn test_get_all() {
    let group = group(&Driver::new());
    for host in ["fake-host1", "fake-host2"] {
        Registry::record(&group, &ServiceIdentity::new(host, "nova-compute")).await.unwrap();
    }
    tokio::time::sleep(Duration::from_secs(16)).await;
    group.beat(&ServiceIdentity::new("fake-host2", "nova-compute")).await.unwrap();
    let members = group.members().await.unwrap();
    let up: Vec<&str> =
        members.iter().filter(|member| group.is_up(member)).map(|member| member.host.as_str()).collect();
    assert_eq!(up, ["fake-host2"]);
}
