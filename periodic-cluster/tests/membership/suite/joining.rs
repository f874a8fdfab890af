use std::process;

use periodic_cluster::{Membership, MembershipErrorKind, Presence, Record};

use crate::fixture::{Fixture, another, compute, enter, is_up};

pub(crate) async fn record_then_join<F: Fixture>(store: F) {
    let (driver, service) = (store.connect().await, compute("node-1"));
    assert_eq!(driver.record(&service).await.unwrap(), Record::Created);
    let mut renamed = service.clone();
    renamed.topic = "hypervisor".into();
    assert_eq!(driver.record(&renamed).await.unwrap(), Record::Updated);
    driver.join(&service).await.unwrap();
    // Another node sees the changes of this one.
    let group = store.group().await;
    assert!(is_up(&group, "node-1").await);
    let members = group.members().await.unwrap();
    let [member] = members.as_slice() else { panic!("one member was expected: {members:?}") };
    assert_eq!((member.host.as_str(), member.binary.as_str()), ("node-1", "nova-compute"));
    assert_eq!((member.topic.as_str(), member.forced_down), ("hypervisor", false));
    assert!(member.process.is_none_or(|joined| joined.pid == process::id()));
    assert!(member.last_seen.is_none_or(|seen| seen >= member.created_at));
    assert_ne!(member.presence, Presence::Absent);
}

pub(crate) async fn join_twice<F: Fixture>(store: F) {
    let (driver, service) = (store.connect().await, compute("node-1"));
    enter(&driver, &service).await;
    driver.join(&service).await.unwrap();
    driver.beat(&service).await.unwrap();
    assert!(is_up(&store.group().await, "node-1").await);
    assert_eq!(driver.members().await.unwrap().len(), 1);
}

pub(crate) async fn leave_and_come_back<F: Fixture>(store: F) {
    let (driver, service, group) = (store.connect().await, compute("node-1"), store.group().await);
    enter(&driver, &service).await;
    driver.leave(&service).await.unwrap();
    assert!(!is_up(&group, "node-1").await, "it is down at once");
    let left = group.members().await.unwrap();
    assert_eq!(
        (left.len(), left[0].presence, left[0].process),
        (1, Presence::Absent, None),
        "the record stays"
    );
    driver.leave(&service).await.unwrap();
    assert_eq!(driver.record(&service).await.unwrap(), Record::Updated);
    assert!(!is_up(&group, "node-1").await, "a record alone brings no member back");
    driver.join(&service).await.unwrap();
    assert!(is_up(&group, "node-1").await);
}

/// As when its answer is late, or when it was on its way while the service stopped.
pub(crate) async fn a_beat_that_comes_after_leaving<F: Fixture>(store: F) {
    let (driver, service) = (store.connect().await, compute("node-1"));
    enter(&driver, &service).await;
    driver.leave(&service).await.unwrap();
    let error = driver.beat(&service).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::NotJoined, "{error}");
    assert!(!is_up(&store.group().await, "node-1").await);
}

pub(crate) async fn without_a_record<F: Fixture>(store: F) {
    let (driver, service) = (store.connect().await, compute("node-1"));
    for end in [driver.join(&service).await, driver.beat(&service).await] {
        let error = end.unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Unknown, "{error}");
        assert_eq!(error.to_string(), "no service `nova-compute` on host `node-1` has a record");
    }
    driver.leave(&service).await.unwrap();
    assert!(driver.members().await.unwrap().is_empty());
}

/// As in a restart in which the new process is up before the old one ends.
pub(crate) async fn one_process_follows_another<F: Fixture>(store: F) {
    let (old, new, group) = (store.connect().await, store.connect().await, store.group().await);
    let before = compute("node-1");
    let after = another(&before);
    enter(&old, &before).await;
    enter(&new, &after).await;
    old.beat(&before).await.unwrap();
    assert!(is_up(&group, "node-1").await);
    old.leave(&before).await.unwrap();
    assert!(is_up(&group, "node-1").await, "the old one's leaving is not the new one's");
    let process = group.members().await.unwrap()[0].process;
    assert!(process.is_none_or(|process| process.pid == after.pid), "{process:?}");
    new.beat(&after).await.unwrap();
    new.leave(&after).await.unwrap();
    assert!(!is_up(&group, "node-1").await);
}

/// As when the new process fails before the old one is stopped.
pub(crate) async fn one_process_outlives_another<F: Fixture>(store: F) {
    let (old, new, group) = (store.connect().await, store.connect().await, store.group().await);
    let before = compute("node-1");
    let after = another(&before);
    enter(&old, &before).await;
    enter(&new, &after).await;
    new.leave(&after).await.unwrap();
    old.beat(&before).await.unwrap();
    assert!(is_up(&group, "node-1").await, "one of them beats");
    old.leave(&before).await.unwrap();
    assert!(!is_up(&group, "node-1").await);
}
