use std::sync::Arc;
use std::time::Duration;

use periodic_cluster::{Membership, Record, ServiceGroup, ServiceIdentity};
use tokio::task::JoinSet;

use crate::fixture::{Fixture, compute, enter};

/// Longer than a busy machine needs until all have joined.
const DOWN_TIME: Duration = Duration::from_secs(60);

pub(crate) async fn two_hundred_members<F: Fixture>(store: F) {
    // Each of four connections has fifty members, of two services.
    let mut going = JoinSet::new();
    for part in 0..4 {
        let driver = store.connect_for(DOWN_TIME).await;
        going.spawn(async move {
            for node in 0..25 {
                let host = format!("node-{:03}", part * 25 + node);
                enter(&driver, &ServiceIdentity::new(&host, "nova-compute")).await;
                enter(&driver, &ServiceIdentity::new(&host, "cinder-volume")).await;
            }
            driver
        });
    }
    // Kept, because in some engines the members of a connection end with it.
    let drivers = going.join_all().await;
    let group = ServiceGroup::new(store.connect().await, DOWN_TIME);
    let members = group.members().await.unwrap();
    assert_eq!(members.len(), 200);
    assert!(members.iter().all(|member| group.is_up(member)));
    assert!(members.is_sorted_by_key(|member| (&member.binary, &member.host)), "{members:?}");
    drop(drivers);
}

pub(crate) async fn one_of_many_creates_the_record<F: Fixture>(store: F) {
    let mut going = JoinSet::new();
    let begin = Arc::new(tokio::sync::Barrier::new(8));
    for _ in 0..8 {
        let (driver, begin) = (store.connect().await, Arc::clone(&begin));
        going.spawn(async move {
            begin.wait().await;
            driver.record(&compute("node-1")).await.unwrap()
        });
    }
    let ends = going.join_all().await;
    let created = ends.iter().filter(|end| **end == Record::Created).count();
    assert_eq!(created, 1, "{ends:?}");
}
