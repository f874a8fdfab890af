use std::time::{Duration, Instant};

use etcd_client::Client;
use periodic_cluster::etcd::EtcdMembership;
use periodic_cluster::{MemberChange, Membership, MembershipError, MembershipErrorKind, Presence};
use periodic_test_servers::{Proxy, Server};
use periodic_test_support::LogCapture;

use super::{Engine, Ensemble, open, unreadable};
use crate::fixture::{compute, enter, next, until};

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
    // The leases last longer than the interruption of the watch.
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
    let turned = |change: &MemberChange| !matches!(change, MemberChange::Updated(_));
    let left = next(&mut changes, turned).await;
    assert!(matches!(&left, MemberChange::Left(member) if member.host == "node-1"), "{left:?}");
    let joined = next(&mut changes, turned).await;
    assert!(matches!(&joined, MemberChange::Joined(member) if member.host == "node-2"), "{joined:?}");

    // The watch continues from there.
    enter(&driver, &compute("node-3")).await;
    let joined = next(&mut changes, turned).await;
    assert!(matches!(&joined, MemberChange::Joined(member) if member.host == "node-3"), "{joined:?}");
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_skipped_and_said_once() {
    let Some(server) = Etcd::server().await else { return };
    let driver = open::<Etcd>(&[server.address()]).await;
    let client = Client::connect([server.address()], None).await.unwrap();
    unreadable::is_skipped(&driver, async |text| {
        client.kv_client().put("/fleet/a/record/nova-compute@node-2", text, None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_watch_passes_over_a_record_that_cannot_be_read() {
    let Some(server) = Etcd::server().await else { return };
    let driver =
        Etcd::open(&format!("etcd://{}/fleet/a", server.address()), Duration::from_secs(60)).await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let mut changes = driver.watch().await.unwrap();
    let client = Client::connect([server.address()], None).await.unwrap();
    client.kv_client().put("/fleet/a/record/nova-compute@node-1", "theirs", None).await.unwrap();
    let left = next(&mut changes, |_| true).await;
    assert!(matches!(&left, MemberChange::Left(member) if member.host == "node-1"), "{left:?}");
    enter(&driver, &compute("node-2")).await;
    next(&mut changes, |change| matches!(change, MemberChange::Joined(new) if new.host == "node-2")).await;
}

#[tokio::test]
async fn a_watch_that_is_told_nothing_goes_on_with_its_server() {
    let Some(server) = Etcd::server().await else { return };
    let (said, begun) = (LogCapture::default(), Instant::now());
    let _guard = said.listen();
    let mut changes = open::<Etcd>(&[server.address()]).await.watch().await.unwrap();
    until("twice its patience is over", async || begun.elapsed() > Duration::from_secs(9)).await;
    assert_eq!(said.containing("is silent"), [""; 0]);
    assert_eq!(said.containing("begins again"), [""; 0]);
    enter(&open::<Etcd>(&[server.address()]).await, &compute("node-1")).await;
    next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
}

/// Another program has written values of more bytes than an answer may have.
#[tokio::test]
async fn values_of_megabytes_hide_no_member() {
    let Some(server) = Etcd::server().await else { return };
    // Longer than this test takes.
    let url = format!("etcd://{}/fleet/a", server.address());
    let driver = Etcd::open(&url, Duration::from_secs(60)).await.unwrap();
    for node in 1..=3 {
        enter(&driver, &compute(&format!("node-{node}"))).await;
    }
    let mut client = Client::connect([server.address()], None).await.unwrap();
    for number in 0..17 {
        let key = format!("/fleet/a/record/nova-compute@theirs-{number}");
        client.put(key, vec![b'x'; 1 << 20], None).await.unwrap();
    }
    // After them, and in more than one page.
    for number in 0..2_500 {
        client.put(format!("/fleet/a/zzz/{number}"), "", None).await.unwrap();
    }
    let members = driver.members().await.unwrap();
    let hosts: Vec<_> = members.iter().map(|member| member.host.as_str()).collect();
    assert_eq!(hosts, ["node-1", "node-2", "node-3"]);
    assert!(members.iter().all(|member| member.presence == Presence::Present), "{members:?}");
    let mut changes = driver.watch().await.unwrap();
    driver.leave(&compute("node-2")).await.unwrap();
    let left = next(&mut changes, |change| matches!(change, MemberChange::Left(_))).await;
    assert_eq!(left.member().host, "node-2");
}
