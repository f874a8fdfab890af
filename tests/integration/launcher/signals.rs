use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::process::Daemon;

#[test]
fn sigterm_and_sigint_stop_gracefully() {
    for signal in [Signal::TERM, Signal::INT] {
        for scenario in ["heeds", "async main"] {
            let mut daemon = Daemon::start(scenario);
            daemon.says("running");
            daemon.signal(signal);
            daemon.says("asked to end");
            daemon.says("cleaned up");
            daemon.says("ends: all services have stopped");
            assert_eq!(daemon.code(), Some(0));
        }
    }
}

#[test]
fn what_goes_on_is_cut_and_named() {
    let mut daemon = Daemon::start("goes on");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says("asked to end");
    daemon.says("cleaned up");
    daemon.says("ends: the grace time has ended; cut: Test.work");
    assert_eq!(daemon.code(), Some(2));
}

/// A daemon without an end of the grace time, which was asked to end and goes on.
fn going_on() -> Daemon {
    let endless = "periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = 0";
    let daemon = Daemon::start_with("goes on", endless, |command| command);
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says("asked to end");
    daemon
}

#[test]
fn a_second_signal_ends_the_process_at_once() {
    let mut daemon = going_on();
    daemon.signal(Signal::INT);
    assert!(daemon.said().starts_with("ends: ended at once"));
    assert_eq!(daemon.code(), Some(130));
}

#[test]
fn one_of_the_same_kind_does_so_a_second_after_the_first() {
    let mut daemon = going_on();
    // Which of them comes late enough, is up to the machine.
    while daemon.is_running() {
        daemon.signal(Signal::TERM);
        std::thread::yield_now();
    }
    assert!(daemon.said().starts_with("ends: ended at once"));
    assert_eq!(daemon.code(), Some(143));
}

#[test]
fn equal_signals_at_one_time_are_one() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut daemon = Daemon::start("goes on");
        daemon.says("running");
        let begun = Instant::now();
        for _ in 0..50 {
            // Under load, too, all of them come within a second.
            if begun.elapsed() < Duration::from_millis(500) {
                daemon.signal(signal);
                std::thread::yield_now();
            }
        }
        daemon.says("asked to end");
        daemon.says("cleaned up");
        daemon.says("ends: the grace time has ended; cut: Test.work");
        assert_eq!(daemon.code(), Some(2));
    }
}

#[test]
fn blocking_work_that_is_stuck_does_not_hold_the_process() {
    let mut daemon = Daemon::start("blocks");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says("cleaned up");
    daemon.says("ends: the grace time has ended; cut: Test.work");
    assert_eq!(daemon.code(), Some(2));
}

#[test]
fn a_stalled_runtime_swallows_no_signal() {
    let mut daemon = Daemon::start("stalls");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.signal(Signal::INT);
    let end = daemon.said();
    assert!(end.starts_with("ends: ended at once"), "{end}");
    // Of two signals at one moment either may be heard first.
    assert!(matches!(daemon.code(), Some(130 | 143)));
}

#[test]
fn a_stalled_runtime_does_not_outlive_the_grace_time() {
    let mut daemon = Daemon::start("stalls");
    daemon.says("running");
    daemon.signal(Signal::TERM);
    daemon.says("ends: the grace time has ended; cut: Test.work");
    assert_eq!(daemon.code(), Some(2));
}

#[test]
fn an_inline_run_that_holds_the_scheduler_does_not_hold_the_stop() {
    let mut daemon = Daemon::start("stalls when reset");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    daemon.says("stalled");
    daemon.signal(Signal::TERM);
    daemon.says("asked to end");
    daemon.says("cleaned up");
    daemon.says("ends: the grace time has ended; cut: Test.stall");
    assert_eq!(daemon.code(), Some(2));
}

#[test]
fn a_killed_daemon_starts_again() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::KILL);
    assert_eq!(daemon.code(), None);
    let mut again = Daemon::start("heeds");
    again.says("running");
    again.signal(Signal::TERM);
    again.says("asked to end");
    again.says("cleaned up");
    assert!(again.said().starts_with("ends:"));
    assert_eq!(again.code(), Some(0));
}
