use std::collections::BTreeSet;
use std::error::Error as _;
use std::time::Duration;

use periodic_cluster::zookeeper::ZookeeperMembership;
use periodic_cluster::{MemberChange, Membership, MembershipError, MembershipErrorKind};
use periodic_test_servers::Server;

use super::{DOWN_TIME, Engine, Ensemble, open, raw, unreadable};
use crate::fixture::{compute, enter, next};

struct Zookeeper;

impl Engine for Zookeeper {
    type Driver = ZookeeperMembership;
    const SCHEME: &'static str = "zookeeper";

    async fn server() -> Option<Server> {
        Server::zookeeper().await
    }

    async fn open(url: &str, down_time: Duration) -> Result<ZookeeperMembership, MembershipError> {
        ZookeeperMembership::connect(&url.parse()?, down_time).await
    }
}

impl Ensemble for Zookeeper {
    async fn ensemble() -> Option<[Server; 3]> {
        Server::zookeeper_ensemble().await
    }
}

super::tests!(Zookeeper);
super::tests!(Zookeeper, ensemble::one_of_three_is_lost, ensemble::one_of_three_stands_still);

#[tokio::test]
async fn nodes_belong_to_the_user_who_made_them() {
    let Some(server) = Zookeeper::server().await else { return };
    let as_user = async |user: &str| {
        Zookeeper::open(&format!("zookeeper://{user}{}/fleet/a", server.address()), DOWN_TIME).await.unwrap()
    };
    let owner = as_user("nova:hu%40sh@").await;
    enter(&owner, &compute("node-1")).await;
    let same = as_user("nova:hu%40sh@").await;
    same.force_down("node-1", "nova-compute", true).await.unwrap();
    assert!(owner.members().await.unwrap()[0].forced_down);
    for stranger in ["", "nova:wrong@", "cinder:hu%40sh@"] {
        let stranger = as_user(stranger).await;
        for end in [
            stranger.members().await.map(drop),
            stranger.record(&compute("node-2")).await.map(drop),
            stranger.force_down("node-1", "nova-compute", false).await,
        ] {
            let error = end.unwrap_err();
            assert_eq!(error.kind(), MembershipErrorKind::Store, "{error}");
            assert_eq!(error.to_string(), format!("ZooKeeper at {} cannot be used", server.address()));
            assert_eq!(error.source().unwrap().to_string(), "not authorized");
        }
    }
    assert!(!format!("{owner:?}").contains("hu@sh"), "{owner:?}");
    assert_eq!(owner.members().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_skipped_and_said_once() {
    let Some(server) = Zookeeper::server().await else { return };
    let driver = open::<Zookeeper>(&[server.address()]).await;
    unreadable::is_skipped(&driver, async |text| {
        raw::set_data(server.port(), "/fleet/a/nova-compute@node-2", text).await;
    })
    .await;
}

/// More changes than a watch that is not read keeps by name.
#[tokio::test]
async fn a_watch_that_is_read_late_misses_no_member() {
    let Some(server) = Zookeeper::server().await else { return };
    let driver = open::<Zookeeper>(&[server.address()]).await;
    let mut changes = open::<Zookeeper>(&[server.address()]).await.watch().await.unwrap();
    let mut hosts: BTreeSet<String> = (0..2_000).map(|node| format!("node-{node}")).collect();
    for host in &hosts {
        driver.record(&compute(host)).await.unwrap();
    }
    while !hosts.is_empty() {
        let change = next(&mut changes, |_| true).await;
        assert!(matches!(&change, MemberChange::Updated(member) if hosts.remove(&member.host)), "{change:?}");
    }
}
