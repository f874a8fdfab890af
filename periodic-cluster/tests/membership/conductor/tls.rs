use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use periodic_cluster::conductor::Client;
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{Membership as _, MembershipErrorKind, ServiceGroup};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::serving::{Serving, TOKEN};
use crate::fixture::{compute, enter};

/// A server's certificate for `localhost`, and that of the authority which has signed it, as files.
pub(super) struct Certificates(PathBuf);

impl Certificates {
    pub(super) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("periodic-conductor-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let server = server.signed_by(&key, &authority).unwrap();
        let files = Self(folder);
        fs::write(files.authority(), authority.pem()).unwrap();
        fs::write(files.chain(), server.pem()).unwrap();
        secret(&files.key(), &key.serialize_pem());
        files
    }

    pub(super) fn authority(&self) -> PathBuf {
        self.0.join("ca.pem")
    }

    pub(super) fn chain(&self) -> PathBuf {
        self.0.join("chain.pem")
    }

    pub(super) fn key(&self) -> PathBuf {
        self.0.join("key.pem")
    }
}

/// Writes a file that others cannot read.
pub(super) fn secret(file: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

impl Drop for Certificates {
    fn drop(&mut self) {
        // What is left in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn secure() -> Serving {
    Serving::start(ServiceGroup::new(MemoryMembership::new()), Some(Certificates::new())).await
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
    // And without TLS no token is told.
    let url = format!("conductor+http://{TOKEN}@localhost:{port}");
    assert!(Client::from_url(&url).unwrap().ping().await.is_err());
}
