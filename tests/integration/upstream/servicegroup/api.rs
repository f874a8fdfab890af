//! `test_api.py`.

use std::time::Duration;

use periodic::service::Registry;
use periodic_cluster::{Presence, ServiceGroup};

use super::driver::{Driver, fake_service, seen};

#[tokio::test(start_paused = true)]
async fn test_join() {
    let driver = Driver::new();
    let group = ServiceGroup::new(driver.clone(), ServiceGroup::DOWN_TIME);
    Registry::record(&group, &fake_service()).await.unwrap();
    group.join(&fake_service()).await.unwrap();
    assert_eq!(driver.calls(), ["record", "join"]);
}

#[tokio::test(start_paused = true)]
async fn test_service_is_up() {
    let driver = Driver::new();
    let group = ServiceGroup::new(driver.clone(), ServiceGroup::DOWN_TIME);
    for (presence, up) in [(Presence::Absent, false), (Presence::Present, true)] {
        let mut member = seen(Duration::ZERO);
        member.presence = presence;
        assert_eq!(group.is_up(&member), up);
        member.forced_down = true;
        assert!(!group.is_up(&member));
    }
    assert!(driver.calls().is_empty(), "no engine is asked");
}

#[tokio::test(start_paused = true)]
async fn test_get_updated_time() {
    let group = ServiceGroup::new(Driver::new(), ServiceGroup::DOWN_TIME);
    Registry::record(&group, &fake_service()).await.unwrap();
    let created_at = group.members().await.unwrap()[0].created_at;
    assert_eq!(group.updated_at("fake-host", "nova-compute").await.unwrap(), created_at);
    tokio::time::sleep(Duration::from_secs(10)).await;
    group.beat(&fake_service()).await.unwrap();
    let last_seen = group.members().await.unwrap()[0].last_seen.unwrap();
    assert!(last_seen > created_at);
    assert_eq!(group.updated_at("fake-host", "nova-compute").await.unwrap(), last_seen);
}
