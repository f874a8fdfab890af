use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::node::{Node, settings};
use crate::launcher::process::Directory;

fn directory(grace: u32) -> Directory {
    let directory = Directory::new();
    let settings = format!("periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = {grace}\n");
    std::fs::write(directory.path("compute.toml"), settings).unwrap();
    directory
}

/// A node in the middle of a run that takes an hour for each instance.
fn node_in_a_long_run(directory: &Directory) -> Node {
    let node =
        Node::start_with(directory, &["--slow-sync", "1h"], |command| command.env("RUST_LOG", "debug"));
    node.logs("the hypervisor is asked");
    node
}

#[test]
fn a_long_run_is_cut_within_the_grace_time_and_named() {
    let directory = directory(1);
    let node = node_in_a_long_run(&directory);
    let asked = Instant::now();
    node.signal(Signal::TERM);
    let (code, log) = node.ended();
    assert_eq!(code, Some(2), "{log}");
    // The grace time, a second for what does not notice, and what a machine under load takes.
    assert!((1..10).contains(&asked.elapsed().as_secs()), "{log}");
    assert!(log.contains("the process ends  cut=\"ComputeManager._sync_power_states\""), "{log}");
    assert!(
        log.contains("a run cannot be ended; it ends with the process task=\"_sync_power_states\""),
        "{log}"
    );
}

#[test]
fn a_run_that_heeds_its_token_ends_in_time() {
    let directory = directory(60);
    let node =
        Node::start_with(&directory, &["--slow-sync", "100ms"], |command| command.env("RUST_LOG", "debug"));
    node.logs("the hypervisor is asked");
    let asked = Instant::now();
    node.signal(Signal::TERM);
    let (code, log) = node.ended();
    assert_eq!(code, Some(0), "{log}");
    assert!(asked.elapsed() < Duration::from_secs(30), "{log}");
}

#[test]
fn a_second_term_ends_it_at_once() {
    let directory = directory(3_600);
    let node = node_in_a_long_run(&directory);
    node.signal(Signal::TERM);
    node.logs("the process is asked to stop");
    node.signal(Signal::TERM);
    let (code, log) = node.ended();
    assert_eq!(code, Some(143), "{log}");
    assert!(log.contains("a second signal ends the process at once"), "{log}");
    assert!(log.contains("ComputeManager._sync_power_states"), "{log}");
}

#[test]
fn a_node_that_was_killed_starts_again_and_knows() {
    let directory = Directory::new();
    std::fs::write(directory.path("compute.toml"), settings("")).unwrap();
    let node = node_in_a_long_run(&directory);
    node.signal(Signal::KILL);
    assert_eq!(node.ended().0, None);
    for killed in [true, false] {
        let again = Node::start(&directory, &[]);
        let up = again.logs_until("the service is up");
        assert_eq!(up.contains("the node did not stop the last time"), killed, "{up}");
        again.signal(Signal::TERM);
        assert_eq!(again.ended().0, Some(0));
    }
}
