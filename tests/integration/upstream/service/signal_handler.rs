//! `backend/threading/test_signal_handler.py`: the effect of each signal, and how often it comes.

use rustix::process::Signal;

use crate::launcher::process::Daemon;

/// How often the service was stopped by one signal.
fn stops_by(signal: Signal) -> usize {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(signal);
    let mut stops = 0;
    loop {
        match daemon.said().as_str() {
            "cleaned up" => stops += 1,
            "ends: all services have stopped" => break,
            _ => {}
        }
    }
    assert_eq!(daemon.code(), Some(0));
    stops
}

#[test]
fn test_signal_handler() {
    assert_eq!(stops_by(Signal::TERM), 1);
}

#[test]
fn test_sigterm_signal_handler_call_service_stop() {
    assert_eq!(stops_by(Signal::TERM), 1);
}

#[test]
fn test_added_signal_handler() {
    for signal in [Signal::TERM, Signal::INT] {
        assert_eq!(stops_by(signal), 1);
    }
    let daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
}

#[test]
fn test__handle_signal() {
    // Of two services each hears it once.
    let mut daemon = Daemon::start("both");
    daemon.says("running");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    daemon.says("reset: every 1h");
    daemon.signal(Signal::TERM);
    assert_ne!(daemon.said(), "reset: every 1h");
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn test_second_sigterm_is_ignored() {
    // For a second it is; then, and if it is another one, it ends the grace time.
    let endless = "periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = 0";
    let mut daemon = Daemon::start_with("goes on", endless, |command| command);
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says("asked to end");
    daemon.signal(Signal::INT);
    assert_eq!(daemon.code(), Some(130));
}

#[test]
fn test_sigterm_timeout_terminated_by_sigalrm() {
    let mut daemon = Daemon::start("goes on");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says_at_last("ends: the grace time has ended; cut: Test.work");
    assert_eq!(daemon.code(), Some(2));
}

#[test]
fn test_sigterm_terminated_noramally_before_sigalrm() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says_at_last("ends: all services have stopped");
    assert_eq!(daemon.code(), Some(0));
}
