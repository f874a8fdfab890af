//! A conductor with a token for each host, and the files of tokens.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use periodic_cluster::conductor::{Client, Server};
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{Membership as _, MembershipError, MembershipErrorKind, ServiceGroup};
use periodic_core::task::Cancellation;

use super::tls::Certificates;
use crate::certificates::secret;
use crate::fixture::{compute, enter};

struct Files(PathBuf);

impl Files {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("periodic-tokens-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn with(&self, name: &str, text: &str) -> PathBuf {
        let file = self.0.join(name);
        secret(&file, text);
        file
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_node_with_the_token_of_its_host_is_a_member_and_no_other() {
    let files = Files::new();
    let all =
        files.with("tokens", "*: secret-of-all-00\nnode-1: secret-of-node-1\nnode-2: secret-of-node-2\n");
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    let bound = Server::from_token_file(&group, &all).unwrap().bind("127.0.0.1:0").await.unwrap();
    let address = bound.local_addr();
    tokio::spawn(bound.serve(Cancellation::new()));
    // A node's own file has its token alone, with the host or without.
    let client = |name: &str, text: &str| {
        let file = files.with(name, text);
        Client::from_url(&format!("conductor+http://{address}?token_file={}", file.display())).unwrap()
    };
    let (first, second) = (client("1", "secret-of-node-1\n"), client("2", "node-2: secret-of-node-2\n"));
    enter(&first, &compute("node-1")).await;
    enter(&second, &compute("node-2")).await;
    assert_eq!(first.members().await.unwrap().len(), 2);

    let forbidden = |error: MembershipError| {
        assert_eq!(error.kind(), MembershipErrorKind::Store);
        error.to_string()
    };
    let says = "this token speaks for host `node-1` alone, not for host `node-2`";
    assert_eq!(forbidden(first.record(&compute("node-2")).await.unwrap_err()), says);
    assert_eq!(forbidden(first.leave(&compute("node-2")).await.unwrap_err()), says);
    assert_eq!(forbidden(first.beat(&compute("node-2")).await.unwrap_err()), says);
    assert!(
        forbidden(first.force_down("node-2", "nova-compute", true).await.unwrap_err()).contains("every host")
    );
    // The connection stays open after it.
    first.beat(&compute("node-1")).await.unwrap();
    let operator = client("all", "*: secret-of-all-00");
    operator.force_down("node-2", "nova-compute", true).await.unwrap();
    assert!(!group.is_up_of("node-2", "nova-compute").await.unwrap());
}

#[test]
fn files_that_are_refused() {
    let files = Files::new();
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    let file = files.with("the tokens", "node-1: secret-of-node-1\nnode-2: secret-of-node-2\n");
    let client =
        || Client::from_url(&format!("conductor+http://h?token_file={}", file.display())).unwrap_err();
    let said = format!("{:?}", client());
    assert!(said.contains("expected the client's only") && !said.contains("secret"), "{said}");

    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    let said = Server::from_token_file(&group, &file).unwrap_err().to_string();
    assert!(said.contains("others can read it: its mode is 0644; run `chmod 6"), "{said}");
    assert!(format!("{:?}", client()).contains("run `chmod 6"), "{:?}", client());

    secret(&file, "node-1: secret-of-node-1\nnode-2:secret-of-node-2\n");
    let said = Server::from_token_file(&group, &file).unwrap_err().to_string();
    assert!(said.contains("the tokens` cannot be used: line 2: expected `HOST: TOKEN`"), "{said}");
    secret(&file, "");
    fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(Server::from_token_file(&group, &file).unwrap_err().to_string().contains("it is not UTF-8"));
    let said = Server::from_token_file(&group, "/dev/zero").unwrap_err().to_string();
    assert!(said.contains("it is a device; expected a regular file"), "{said}");
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let (certificates, group) =
        (Certificates::new(), ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME));
    let server = || Server::new(&group, "secret-of-all-00").unwrap();
    assert!(server().tls(certificates.chain(), certificates.key()).is_ok());
    fs::set_permissions(certificates.key(), Permissions::from_mode(0o604)).unwrap();
    let said = server().tls(certificates.chain(), certificates.key()).unwrap_err().to_string();
    assert!(said.contains("key.pem` cannot be used as PEM: others can read it"), "{said}");
    let said = server().tls("/dev/zero", certificates.key()).unwrap_err().to_string();
    assert!(said.contains("`/dev/zero` cannot be used as PEM: it is a device"), "{said}");
}
