use std::time::Duration;

use periodic_cluster::zookeeper::ZookeeperMembership;
use periodic_cluster::{MemberChange, Membership, MembershipError, MembershipErrorKind, ServiceGroup};
use periodic_test_servers::{Server, Tls};

use crate::certificates::{Authority, Certified};
use crate::fixture::{compute, is_up, joins, next, until};

/// A server with a certificate for `localhost`, which is at 127.0.0.1 as well.
async fn server(authority: &Authority, clients: Option<&Authority>) -> Option<(Server, u16)> {
    let Certified { chain, key } = authority.certify("localhost");
    Server::zookeeper_with_tls(Tls { chain, key, clients: clients.map(Authority::file) }).await
}

async fn open(url: &str) -> Result<ZookeeperMembership, MembershipError> {
    ZookeeperMembership::connect(&url.parse().unwrap(), Duration::from_secs(5)).await
}

/// A Java process that has just started takes seconds for its first handshake on a busy machine.
async fn opened(url: &str) -> ZookeeperMembership {
    until("the server speaks TLS", async || open(url).await.is_ok()).await;
    open(url).await.unwrap()
}

async fn refused(url: &str, cause: &str) {
    let error = open(url).await.expect_err(url);
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{url}: {error:?}");
    assert!(format!("{error:?}").contains(cause), "{url}: {error:?}");
}

#[tokio::test]
async fn a_fleet_by_way_of_tls() {
    let (authority, clients, others) = (Authority::new(), Authority::new(), Authority::new());
    let Some((_server, port)) = server(&authority, Some(&clients)).await else { return };
    let url = |client: Option<Certified>| {
        let files = client
            .map(|Certified { chain, key }| format!("&cert={}&key={}", chain.display(), key.display()))
            .unwrap_or_default();
        format!("zookeeper+tls://localhost:{port}/fleet/a?ca={}{files}", authority.file().display())
    };
    let own = url(Some(clients.certify("node-1")));
    let driver = opened(&own).await;
    let group = ServiceGroup::new(opened(&own).await, ServiceGroup::DOWN_TIME);
    let mut changes = driver.watch().await.unwrap();
    joins(&driver, &mut changes, "node-1").await;
    assert!(is_up(&group, "node-1").await);
    driver.leave(&compute("node-1")).await.unwrap();
    next(&mut changes, |change| matches!(change, MemberChange::Left(_))).await;
    refused(&url(None), "received fatal alert").await;
    refused(&url(Some(others.certify("node-1"))), "received fatal alert").await;
}

#[tokio::test]
async fn only_the_server_that_is_meant_is_taken() {
    let (authority, others) = (Authority::new(), Authority::new());
    let Some((server, port)) = server(&authority, None).await else { return };
    let (ca, wrong) = (authority.file(), others.file());
    let (ca, wrong) = (ca.display(), wrong.display());
    opened(&format!("zookeeper+tls://localhost:{port}/fleet/a?ca={ca}")).await;
    for (url, cause) in [
        (format!("zookeeper+tls://localhost:{port}/fleet/a?ca={wrong}"), "UnknownIssuer"),
        (format!("zookeeper+tls://127.0.0.1:{port}/fleet/a?ca={ca}"), "certificate not valid for name"),
        (format!("zookeeper+tls://localhost:{}/fleet/a?ca={ca}", server.port()), "no TLS that can be used"),
        (format!("zookeeper://localhost:{port}/fleet/a"), "did not answer"),
    ] {
        refused(&url, cause).await;
    }
}
