use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::compute_node::node::{Node, settings};
use crate::compute_node::program::program;
use crate::launcher::process::{Directory, PATIENCE};

/// The line of `cluster_watch` about a member.
#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    pub(super) host: String,
    pub(super) up: bool,
    pub(super) report_count: u64,
}

/// A store, and a directory for all that its nodes write.
pub(super) struct Fleet {
    pub(super) directory: Directory,
    url: String,
}

impl Fleet {
    /// The down time of three seconds, less an interval: the least time until a killed node is down.
    pub(super) const LEAST: Duration = Duration::from_millis(2_500);

    /// With the URL of its store, of which `DIRECTORY` is the directory.
    pub(super) fn new(url: &str) -> Self {
        let directory = Directory::new();
        std::fs::write(directory.path("compute.toml"), settings("")).unwrap();
        let url = url.replace("DIRECTORY", directory.path("").to_str().unwrap());
        Self { directory, url }
    }

    /// A node that keeps its records in a file of its own.
    pub(super) fn node(&self, host: &str) -> Node {
        let file = self.directory.path(host);
        self.node_with(host, &["--membership", &self.url, "--db", file.to_str().unwrap()])
    }

    pub(super) fn node_with(&self, host: &str, arguments: &[&str]) -> Node {
        self.node_in(&std::env::temp_dir(), host, arguments)
    }

    /// The same, whose temporary files go here.
    pub(super) fn node_in(&self, temporary: &Path, host: &str, arguments: &[&str]) -> Node {
        let mut command = Command::new(program("compute_node"));
        command.current_dir(temporary).env("TMPDIR", temporary);
        command.args(["--host", host, "--report-interval", "500ms", "--service-down-time", "3s"]);
        command.arg("--settings").arg(self.directory.path("compute.toml")).args(arguments);
        Node::spawn(&mut command)
    }

    /// The members that an observer, which is a process too, sees. `None` where the store does not answer.
    fn seen(&self) -> Option<Vec<Seen>> {
        let mut watch = Command::new(program("cluster_watch"));
        watch.args(["--membership", &self.url, "--service-down-time", "3s", "--once", "--json"]);
        let end = watch.output().unwrap();
        end.status.success().then(|| serde_json::from_slice(&end.stdout).unwrap())
    }

    /// Waits until exactly these are up, and all others are down.
    #[track_caller]
    pub(super) fn shows(&self, up: &[&str]) {
        self.shows_with(up, |_| true);
    }

    /// The same, and that this holds.
    #[track_caller]
    pub(super) fn shows_with(&self, up: &[&str], holds: impl Fn(&[Seen]) -> bool) {
        let begun = Instant::now();
        loop {
            let seen = self.seen();
            if let Some(seen) = &seen
                && seen.iter().filter(|one| one.up).map(|one| &*one.host).eq(up.iter().copied())
                && holds(seen)
            {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{up:?} should be up: {seen:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
