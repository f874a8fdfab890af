use std::path::Path;

use periodic::cluster::conductor::Client;
use periodic::cluster::remotable::{CallError, CallErrorKind, Home};
use periodic::remotable;
use rusqlite::{Connection, OptionalExtension as _};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};

use super::scene::Fleet;
use crate::compute_node::node::Node;

/// A conductor's address, which is free when the test begins.
fn address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// Writes a file that others cannot read.
fn write(file: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(file, text).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

struct Scene {
    fleet: Fleet,
    address: String,
    token: String,
}

impl Scene {
    fn new() -> Self {
        let address = address();
        let fleet = Fleet::new(&format!("conductor+http://{address}?token_file=DIRECTORY/the%20token"));
        write(&fleet.directory.path("the token"), "hush-hush-hush-00\n");
        let token = fleet.directory.path("the token").to_str().unwrap().to_owned();
        Self { fleet, address, token }
    }

    /// A node with a database, in which others keep their records too.
    fn conductor(&self) -> Node {
        let database = self.fleet.directory.path("conductor.sqlite");
        let mut arguments = vec!["--db", database.to_str().unwrap()];
        arguments.extend(["--serve-conductor", &self.address, "--token-file", &self.token]);
        self.fleet.node_with("control", &arguments)
    }

    fn node(&self, host: &str) -> Node {
        let url = format!("conductor+http://{}", self.address);
        self.fleet.node_with(host, &["--conductor", &url, "--token-file", &self.token])
    }

    /// The kind of hypervisor in the record that the conductor keeps of a host, and its memory.
    fn record(&self, host: &str) -> Option<(Option<String>, i64)> {
        let database = Connection::open(self.fleet.directory.path("conductor.sqlite")).unwrap();
        let record = database.query_row(
            "SELECT hypervisor, memory_mib FROM compute_nodes WHERE host = ?1",
            [host],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        record.optional().unwrap()
    }
}

#[test]
fn a_node_without_a_database_keeps_its_record_at_the_conductor() {
    let scene = Scene::new();
    let conductor = scene.conductor();
    conductor.logs("the service is up");
    let node = scene.node("node-1");
    let log = node.logs_until("the service is up");
    assert!(log.contains("resources audited"), "{log}");
    scene.fleet.shows(&["control", "node-1"]);
    // The audit of the start; the guests are told a second later.
    let memory = scene.record("node-1").unwrap().1;
    assert!(memory > 0);
    scene.fleet.shows_with(&["control", "node-1"], |_| {
        scene.record("node-1") == Some((Some("process".into()), memory))
    });

    // The members were in its memory: those that live come back by themselves.
    conductor.signal(Signal::KILL);
    node.logs("a heartbeat failed");
    let conductor = scene.conductor();
    node.logs("heartbeats succeed again");
    scene.fleet.shows(&["control", "node-1"]);

    node.signal(Signal::TERM);
    let (code, log) = node.ended();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");
    scene.fleet.shows(&["control"]);
    drop(conductor);
}

#[test]
fn a_node_without_a_database_writes_no_file() {
    let scene = Scene::new();
    let conductor = scene.conductor();
    let empty = scene.fleet.directory.path("empty");
    std::fs::create_dir(&empty).unwrap();
    conductor.logs("the service is up");
    let url = format!("conductor+http://{}", scene.address);
    let node = scene.fleet.node_in(&empty, "node-1", &["--conductor", &url, "--token-file", &scene.token]);
    node.logs("the service is up");
    node.signal(Signal::TERM);
    assert_eq!(node.ended().0, Some(0));
    assert!(files(&empty).is_empty(), "{:?}", files(&empty));
}

fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_node_with_a_wrong_token_is_refused() {
    let scene = Scene::new();
    let conductor = scene.conductor();
    conductor.logs("the service is up");
    write(Path::new(&scene.token), "another-token-00");
    let (code, log) = scene.node("node-1").ended();
    assert_ne!(code, Some(0));
    assert!(log.contains("the conductor refuses the token") && !log.contains("another"), "{log}");
}

/// The record, as another program has it.
#[derive(Serialize, Deserialize)]
struct ComputeNode {
    host: String,
    resources: serde_json::Value,
    #[serde(skip)]
    home: Home,
}

#[remotable]
impl ComputeNode {
    #[remotable]
    async fn save(&self) -> Result<(), CallError> {
        unreachable!("it is at the conductor")
    }
}

#[tokio::test]
async fn an_orphan_is_refused() {
    let scene = Scene::new();
    let conductor = scene.conductor();
    conductor.logs("the service is up");
    let resources = serde_json::json!({
        "vcpus": 2, "load": null, "memory_mib": 7, "memory_used_mib": 3, "disk_gib": 2, "disk_free_gib": 1
    });
    let mut node = ComputeNode { host: "node-9".into(), resources, home: Home::default() };
    let orphan = node.save().await.unwrap_err();
    assert_eq!(orphan.kind(), CallErrorKind::Orphan, "{orphan}");
    assert_eq!(scene.record("node-9"), None);

    let conductor =
        Client::from_url(&format!("conductor+http://hush-hush-hush-00@{}", scene.address)).unwrap();
    node.home = Home::at(conductor);
    node.save().await.unwrap();
    assert_eq!(scene.record("node-9"), Some((None, 7)));
}
