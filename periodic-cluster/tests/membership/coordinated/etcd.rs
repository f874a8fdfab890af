use std::time::Duration;

use etcd_client::Client;
use periodic_cluster::etcd::EtcdMembership;
use periodic_cluster::{Change, Membership, MembershipError, MembershipErrorKind};
use periodic_test_servers::{Proxy, Server};

use super::{Engine, Ensemble, open};
use crate::fixture::{compute, enter, next};

struct Etcd;

impl Engine for Etcd {
    type Driver = EtcdMembership;
    const SCHEME: &'static str = "etcd";

    async fn server() -> Option<Server> {
        Server::etcd().await
    }

    async fn open(url: &str, down_time: Duration) -> Result<EtcdMembership, MembershipError> {
        EtcdMembership::connect(&url.parse()?, down_time).await
    }
}

impl Ensemble for Etcd {
    async fn ensemble() -> Option<[Server; 3]> {
        Server::etcd_ensemble().await
    }
}

super::tests!(Etcd);
super::tests!(Etcd, ensemble::one_of_three_is_lost, ensemble::one_of_three_stands_still);

#[tokio::test]
async fn a_watch_reads_again_what_was_compacted_away() {
    let Some(server) = Etcd::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let url = format!("etcd://{}/fleet/a", server.address());
    // Its members live for longer than the watch is away.
    let driver = Etcd::open(&url, Duration::from_secs(60)).await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let mut changes = open::<Etcd>(&[proxy.address()]).await.watch().await.unwrap();
    proxy.cut();
    let told = changes.next().await.unwrap().unwrap_err();
    assert_eq!(told.kind(), MembershipErrorKind::Unavailable, "{told}");

    driver.leave(&compute("node-1")).await.unwrap();
    enter(&driver, &compute("node-2")).await;
    let mut client = Client::connect([server.address()], None).await.unwrap();
    let revision = client.get("any", None).await.unwrap().header().unwrap().revision();
    client.compact(revision, None).await.unwrap();
    proxy.heal();
    let turned = |change: &Change| !matches!(change, Change::Updated(_));
    let left = next(&mut changes, turned).await;
    assert!(matches!(&left, Change::Left(member) if member.host == "node-1"), "{left:?}");
    let joined = next(&mut changes, turned).await;
    assert!(matches!(&joined, Change::Joined(member) if member.host == "node-2"), "{joined:?}");

    // And it goes on from there.
    enter(&driver, &compute("node-3")).await;
    let joined = next(&mut changes, turned).await;
    assert!(matches!(&joined, Change::Joined(member) if member.host == "node-3"), "{joined:?}");
}
