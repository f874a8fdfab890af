use std::time::Duration;

use periodic_cluster::{MemberChange, Membership, MembershipError, MembershipErrorKind, ServiceGroup};
use periodic_test_servers::{Server, Tls};

use crate::certificates::{Authority, Certified};
use crate::fixture::{compute, is_up, joins};
use periodic_cluster::etcd::EtcdMembership;

/// A server with a certificate for `localhost`, which is at 127.0.0.1 as well.
async fn server(authority: &Authority, clients: Option<&Authority>) -> Option<Server> {
    let Certified { chain, key } = authority.certify("localhost");
    Server::etcd_with_tls(Tls { chain, key, clients: clients.map(Authority::file) }).await
}

async fn open(url: &str) -> Result<EtcdMembership, MembershipError> {
    EtcdMembership::connect(&url.parse().unwrap(), Duration::from_secs(2)).await
}

fn refused(opened: Result<EtcdMembership, MembershipError>, what: &str, cause: &str) {
    let error = opened.expect_err(what);
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{what}: {error:?}");
    assert!(format!("{error:?}").contains(cause), "{what}: {error:?}");
}

#[tokio::test]
async fn a_fleet_by_way_of_tls() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let Some(server) = server(&authority, Some(&clients)).await else { return };
    let (ca, client) = (authority.file(), clients.certify("node-1"));
    let url = format!(
        "etcd+https://localhost:{}/fleet/a?ca={}&cert={}&key={}",
        server.port(),
        ca.display(),
        client.chain.display(),
        client.key.display()
    );
    let group = ServiceGroup::connect_with(&url, Duration::from_secs(2)).await.unwrap();
    let driver = open(&url).await.unwrap();
    let mut changes = driver.watch().await.unwrap();
    joins(&driver, &mut changes, "node-1").await;
    assert!(is_up(&group, "node-1").await);
    driver.leave(&compute("node-1")).await.unwrap();
    crate::fixture::next(&mut changes, |change| matches!(change, MemberChange::Left(_))).await;

    let others = Authority::new();
    let stranger = others.certify("node-1");
    for (query, what) in [
        (format!("ca={}", ca.display()), "no certificate"),
        (
            format!("ca={}&cert={}&key={}", ca.display(), stranger.chain.display(), stranger.key.display()),
            "that of a stranger",
        ),
    ] {
        let end = open(&format!("etcd+https://localhost:{}/fleet/a?{query}", server.port())).await;
        let error = end.expect_err(what);
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{what}: {error:?}");
    }
}

#[tokio::test]
async fn only_the_server_that_is_meant_is_taken() {
    let (authority, others) = (Authority::new(), Authority::new());
    let Some(server) = server(&authority, None).await else { return };
    let (port, ca, wrong) = (server.port(), authority.file(), others.file());
    let (ca, wrong) = (ca.display(), wrong.display());
    open(&format!("etcd+https://localhost:{port}/fleet/a?ca={ca}")).await.unwrap();
    for (url, cause) in [
        (format!("etcd+https://localhost:{port}?ca={wrong}"), "UnknownIssuer"),
        (format!("etcd+https://localhost:{port}"), "UnknownIssuer"),
        (format!("etcd+https://127.0.0.1:{port}?ca={ca}"), "certificate not valid for name"),
        (format!("etcd://localhost:{port}"), ""),
    ] {
        refused(open(&url).await, &url, cause);
    }
    let Some(plain) = Server::etcd().await else { return };
    let url = format!("etcd+https://localhost:{}?ca={ca}", plain.port());
    refused(open(&url).await, &url, "");
}
