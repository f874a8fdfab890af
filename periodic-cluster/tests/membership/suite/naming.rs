use periodic_cluster::{MemberChange, Membership, MembershipErrorKind, ServiceIdentity};
use periodic_runtime::service::Registry as _;

use crate::fixture::{Fixture, compute, enter, next};

/// Names that another program may write into the store, if its engine accepts them.
fn bad_names() -> Vec<String> {
    let mut names = vec!["x".repeat(100_000), "x".repeat(256)];
    names.extend(["a b", "a\nb", "\u{1b}[2J", "node*", "a\u{202e}b"].map(str::to_owned));
    names
}

pub(crate) async fn a_record_with_a_bad_name_spoils_no_list<F: Fixture>(store: F) {
    let (driver, group) = (store.connect().await, store.group().await);
    let mut changes = group.watch().await.unwrap();
    for name in bad_names() {
        for service in
            [ServiceIdentity::new(name.clone(), "nova-compute"), ServiceIdentity::new("node-2", name)]
        {
            // The group passes it to no engine.
            let error = group.record(&service).await.unwrap_err();
            assert!(format!("{error:?}").contains("cannot name a"), "{error:?}");
            group.join(&service).await.unwrap_err();
            let error = group.force_down(&service.host, &service.binary, true).await.unwrap_err();
            assert_eq!(error.kind(), MembershipErrorKind::Name, "{error}");
            // An engine may refuse it too; most do not.
            if driver.record(&service).await.is_ok() {
                let _ = driver.join(&service).await;
            }
        }
    }
    enter(&driver, &compute("node-1")).await;
    let joined = next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
    assert_eq!(joined.member().host, "node-1");
    let members = group.members().await.unwrap();
    let hosts: Vec<_> = members.iter().map(|member| member.host.as_str()).collect();
    assert_eq!(hosts, ["node-1"]);
    assert!(group.is_up(&members[0]));
}
