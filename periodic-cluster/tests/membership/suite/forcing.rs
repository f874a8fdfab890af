use periodic_cluster::{Membership, MembershipErrorKind};

use crate::fixture::{Fixture, compute, enter, is_up};

pub(crate) async fn forced_down_wins<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    let service = compute("node-1");
    enter(&driver, &service).await;
    let end = group.force_down("node-1", "nova-compute", true).await;
    if !group.capabilities().force_down {
        assert_eq!(end.unwrap_err().kind(), MembershipErrorKind::NotOffered);
        return;
    }
    end.unwrap();
    assert!(!is_up(&group, "node-1").await);
    // Neither a heartbeat nor a restart undoes the operator's setting.
    driver.beat(&service).await.unwrap();
    enter(&driver, &service).await;
    assert!(!is_up(&group, "node-1").await);
    assert!(group.members().await.unwrap()[0].forced_down);
    group.force_down("node-1", "nova-compute", false).await.unwrap();
    assert!(is_up(&group, "node-1").await);
}

pub(crate) async fn an_unknown_member_is_named<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    enter(&driver, &compute("node-1")).await;
    let known = "no service `nova-compute` on host `nod-1` has a record; did you mean the host `node-1`?";
    let error = group.is_up_of("nod-1", "nova-compute").await.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (MembershipErrorKind::Unknown, known));
    if group.capabilities().force_down {
        let error = group.force_down("nod-1", "nova-compute", true).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (MembershipErrorKind::Unknown, known));
        let error = driver.force_down("nod-1", "nova-compute", true).await.unwrap_err();
        let unsearched = "no service `nova-compute` on host `nod-1` has a record";
        assert_eq!((error.kind(), error.to_string().as_str()), (MembershipErrorKind::Unknown, unsearched));
        let error = group.force_down("node-1", "nova-computer", true).await.unwrap_err().to_string();
        assert!(error.ends_with("did you mean the service `nova-compute`?"), "{error}");
    }
}
