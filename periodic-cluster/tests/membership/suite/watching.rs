use periodic_cluster::{MemberChange, Membership};

use crate::fixture::{Fixture, compute, enter, next};

pub(crate) async fn a_driver_tells_in_order<F: Fixture>(store: F) {
    let (driver, watching) = (store.connect().await, store.connect().await);
    let mut changes = watching.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let first = next(&mut changes, |_| true).await;
    assert_eq!(first.member().host, "node-1");
    if !matches!(first, MemberChange::Joined(_)) {
        // An engine for which a record is no sign of life.
        next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
    }
    enter(&driver, &compute("node-2")).await;
    let second = next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
    assert_eq!(second.member().host, "node-2");
    driver.leave(&compute("node-1")).await.unwrap();
    let left = next(&mut changes, |change| !matches!(change, MemberChange::Updated(_))).await;
    assert!(matches!(&left, MemberChange::Left(member) if member.host == "node-1"), "{left:?}");
    driver.join(&compute("node-1")).await.unwrap();
    let back = next(&mut changes, |change| !matches!(change, MemberChange::Updated(_))).await;
    assert!(matches!(&back, MemberChange::Joined(member) if member.host == "node-1"), "{back:?}");
}

pub(crate) async fn a_group_tells_who_is_up<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    let mut changes = group.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let turned = |change: &MemberChange| !matches!(change, MemberChange::Updated(_));
    let up = next(&mut changes, turned).await;
    assert!(matches!(&up, MemberChange::Joined(member) if group.is_up(member)), "{up:?}");
    if group.capabilities().force_down {
        group.force_down("node-1", "nova-compute", true).await.unwrap();
        let forced = next(&mut changes, turned).await;
        assert!(matches!(&forced, MemberChange::Left(member) if member.forced_down), "{forced:?}");
        group.force_down("node-1", "nova-compute", false).await.unwrap();
        driver.beat(&compute("node-1")).await.unwrap();
        let lifted = next(&mut changes, turned).await;
        assert!(matches!(&lifted, MemberChange::Joined(member) if !member.forced_down), "{lifted:?}");
    }
    // It falls silent.
    drop(driver);
    let down = next(&mut changes, turned).await;
    assert!(matches!(&down, MemberChange::Left(member) if !group.is_up(member)), "{down:?}");
}
