use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::node::{Node, settings};
use super::program::program;
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
    // The grace time, a second for runs that do not notice, and the delay of a machine under load.
    assert!((1..10).contains(&asked.elapsed().as_secs()), "{log}");
    assert!(log.contains("the process ends  cut=\"ComputeManager._sync_power_states\""), "{log}");
    assert!(
        log.contains("a run cannot be cancelled; it ends with the process task=\"_sync_power_states\""),
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
fn a_second_signal_ends_it_at_once() {
    let directory = directory(3_600);
    let node = node_in_a_long_run(&directory);
    node.signal(Signal::TERM);
    node.logs("a signal stops the process");
    node.signal(Signal::INT);
    let (code, log) = node.ended();
    assert_eq!(code, Some(130), "{log}");
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

fn files(directory: &Path) -> Vec<OsString> {
    std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().file_name()).collect()
}

/// Starts a node that has no `--db`, with its temporary files in a directory of their own.
fn without_db(directory: &Directory, is_read: bool) -> (Option<i32>, String, Vec<OsString>) {
    let temporary = directory.path("temporary");
    std::fs::create_dir_all(&temporary).unwrap();
    let mut command = Command::new(program("compute_node"));
    command.arg("--settings").arg(directory.path("compute.toml")).env("TMPDIR", &temporary);
    command.env_remove("RUST_LOG").env_remove("PERIODIC_REQUIRE_SERVERS");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut String::new()).unwrap();
    let (mut log, mut said) = (BufReader::new(child.stderr.take().unwrap()), String::new());
    if is_read {
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        while !said.contains("the service is up") {
            assert_ne!(log.read_line(&mut said).unwrap(), 0, "{said}");
        }
        assert_ne!(files(&temporary), Vec::<OsString>::new(), "{said}");
        kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    } else {
        drop(output);
    }
    log.read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said, files(&temporary))
}

#[test]
fn a_node_that_nobody_reads_ends_quietly() {
    let (code, log, left) = without_db(&directory(60), false);
    assert_eq!((code, left), (Some(0), vec![]), "{log}");
    assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
}

#[test]
fn its_own_database_goes_with_it() {
    let (code, log, left) = without_db(&directory(60), true);
    assert_eq!((code, left), (Some(0), vec![]), "{log}");
}
