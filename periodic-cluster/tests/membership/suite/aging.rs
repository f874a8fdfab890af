use periodic_cluster::{ClockSource, Membership, Presence};

use crate::fixture::{Fixture, compute, enter, is_up, until};

pub(crate) async fn silence_makes_down<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    enter(&driver, &compute("node-1")).await;
    driver.beat(&compute("node-1")).await.unwrap();
    assert!(is_up(&group, "node-1").await);
    drop(driver);
    until("the member goes down", async || !is_up(&group, "node-1").await).await;
    assert_eq!(group.members().await.unwrap().len(), 1, "its record stays");
}

pub(crate) async fn a_beat_brings_back<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    let service = compute("node-1");
    enter(&driver, &service).await;
    drop(driver);
    until("the member goes down", async || !is_up(&group, "node-1").await).await;
    let again = store.connect().await;
    again.beat(&service).await.unwrap();
    assert!(is_up(&group, "node-1").await);
}

pub(crate) async fn beats_are_counted<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    let service = compute("node-1");
    enter(&driver, &service).await;
    let joined = group.updated_at("node-1", "nova-compute").await.unwrap();
    for beats in 1..=3 {
        driver.beat(&service).await.unwrap();
        let member = &group.members().await.unwrap()[0];
        if member.report_count != 0 {
            assert_eq!(member.report_count, beats);
        }
    }
    assert!(group.updated_at("node-1", "nova-compute").await.unwrap() >= joined);
}

/// An engine's own clock decides. Without one, a wrong clock of a node makes members down, as documented.
pub(crate) async fn a_node_with_a_wrong_clock<F: Fixture>(store: F) {
    let group = store.group().await;
    for (host, ahead) in [("fast", 600), ("slow", -600)] {
        let Some(driver) = store.connect_ahead(ahead).await else { continue };
        enter(&driver, &compute(host)).await;
        driver.beat(&compute(host)).await.unwrap();
        let presence =
            driver.members().await.unwrap().iter().find(|member| member.host == host).unwrap().presence;
        let suffers = group.capabilities().clock == ClockSource::Local
            && matches!(presence, Presence::Heartbeat { .. });
        assert_eq!(is_up(&group, host).await, !suffers, "{host}: {presence:?}");
    }
}
