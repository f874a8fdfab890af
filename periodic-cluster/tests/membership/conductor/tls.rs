use std::path::PathBuf;

use periodic_cluster::conductor::Client;
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{Membership as _, MembershipErrorKind, ServiceGroup};

use super::serving::{Serving, TOKEN};
use crate::certificates::{Authority, Certified};
use crate::fixture::{compute, enter};

/// A server's certificate for `localhost`, and the authority which has signed it.
pub(super) struct Certificates {
    authority: Authority,
    server: Certified,
}

impl Certificates {
    pub(super) fn new() -> Self {
        Self::until(4096)
    }

    fn until(year: i32) -> Self {
        let authority = Authority::new();
        let server = authority.certify_until("localhost", year);
        Self { authority, server }
    }

    pub(super) fn authority(&self) -> PathBuf {
        self.authority.file()
    }

    pub(super) fn chain(&self) -> PathBuf {
        self.server.chain.clone()
    }

    pub(super) fn key(&self) -> PathBuf {
        self.server.key.clone()
    }
}

async fn secure() -> Serving {
    Serving::start(
        ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME),
        Some(Certificates::new()),
    )
    .await
}

#[tokio::test]
async fn members_by_way_of_tls() {
    let serving = secure().await;
    let client = Client::from_url(&serving.url()).unwrap();
    enter(&client, &compute("node-1")).await;
    assert_eq!(client.members().await.unwrap()[0].host, "node-1");
}

#[tokio::test]
async fn a_certificate_of_somebody_else_is_refused() {
    let (serving, others) = (secure().await, Certificates::new());
    let port = serving.address().port();
    let url = format!("conductor+https://{TOKEN}@localhost:{port}?ca={}", others.authority().display());
    let error = Client::from_url(&url).unwrap().ping().await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable);
    // The certificate is for `localhost` alone.
    let url = serving.url().replace("localhost", "127.0.0.1");
    assert!(Client::from_url(&url).unwrap().ping().await.is_err());
    // Without TLS no token is sent.
    let url = format!("conductor+http://{TOKEN}@localhost:{port}");
    assert!(Client::from_url(&url).unwrap().ping().await.is_err());
}

#[tokio::test]
async fn a_certificate_that_has_run_out_is_refused() {
    let serving = Serving::start(
        ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME),
        Some(Certificates::until(2020)),
    )
    .await;
    let error = Client::from_url(&serving.url()).unwrap().ping().await.unwrap_err();
    assert!(format!("{error:?}").contains("expired"), "{error:?}");
}
