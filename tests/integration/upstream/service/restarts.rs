//! SIGHUP, which restarts nothing here: settings are read again where the services run.

use rustix::process::Signal;

use crate::launcher::child::settings;
use crate::launcher::process::{Daemon, replace};

fn stops(mut daemon: Daemon) {
    daemon.signal(Signal::TERM);
    daemon.says_at_last("ends: all services have stopped");
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn test_child_signal_sighup() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    // Next, so its run was not asked to end.
    daemon.says("reset: every 1h");
    assert!(daemon.is_running());
    stops(daemon);
}

#[test]
fn test_parent_signal_sighup() {
    let daemon = Daemon::start("both");
    daemon.says("running");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    daemon.says("reset: every 1h");
    stops(daemon);
}

#[test]
fn test_service_restart() {
    let daemon = Daemon::start("heeds");
    daemon.says("running");
    for _ in 0..3 {
        daemon.signal(Signal::HUP);
        daemon.says("reset: every 1h");
    }
    stops(daemon);
}

#[test]
fn test_mutate_hook_service_launcher() {
    mutates("heeds", 1);
}

#[test]
fn test_mutate_hook_process_launcher() {
    mutates("both", 2);
}

fn mutates(scenario: &str, services: usize) {
    let daemon = Daemon::start(scenario);
    (0..services).for_each(|_| daemon.says("running"));
    replace(&daemon.settings(), &settings("[tasks.settable]\nspacing = 30"));
    daemon.signal(Signal::HUP);
    (0..services).for_each(|_| daemon.says("reset: every 30s"));
    stops(daemon);
}

#[test]
fn test_parent_process_reload_config() {
    mutates("heeds", 1);
}

#[test]
fn test_double_sighup() {
    let daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    stops(daemon);
}
