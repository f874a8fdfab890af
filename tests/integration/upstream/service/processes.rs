//! A process of services, from its start to its end.

use std::os::unix::process::ExitStatusExt as _;

use rustix::process::Signal;

use crate::launcher::process::Daemon;

fn ends_well(scenario: &str) {
    let mut daemon = Daemon::start(scenario);
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says_at_last("ends: all services have stopped");
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn test_terminate_sigkill() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::KILL);
    assert_eq!(daemon.ended().signal(), Some(9));
}

#[test]
fn test_terminate_sigterm() {
    ends_well("heeds");
}

#[test]
fn test_crashed_service() {
    let mut daemon = Daemon::start("cannot start");
    assert_eq!(daemon.code(), Some(1));
}

#[test]
fn test_killed_worker_recover() {
    // Its supervisor starts it again; the test shows only that this is possible.
    test_terminate_sigkill();
    ends_well("heeds");
}

#[test]
fn test_launch_none() {
    ends_well("async main");
}

#[test]
fn test_launch_one_worker() {
    ends_well("heeds");
}

#[test]
fn test_launch_app() {
    ends_well("heeds");
}

#[test]
fn test_allows_multiple_launch_service_calls() {
    let mut daemon = Daemon::start("both");
    daemon.says("running");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says_at_last("cleaned up");
    daemon.says_at_last("cleaned up");
    assert_eq!(daemon.code(), Some(0));
}
