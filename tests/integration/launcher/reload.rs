use rustix::process::Signal;

use super::child::settings;
use super::process::{Daemon, replace};

fn spacing(seconds: u32) -> String {
    settings(&format!("[tasks.settable]\nspacing = {seconds}"))
}

#[test]
fn sighup_puts_new_settings_in_force_and_refuses_bad_ones() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    replace(&daemon.settings(), &spacing(30));
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 30s");

    // One that is refused resets nothing; the next good one shows that it was lived through.
    replace(&daemon.settings(), "spacing of 40, please");
    daemon.signal(Signal::HUP);
    replace(&daemon.settings(), &spacing(50));
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 50s");

    daemon.signal(Signal::TERM);
    loop {
        // Of two signals at one moment one may be all that is heard, so there may be one reset more.
        let line = daemon.said();
        if line == "asked to end" {
            break;
        }
        assert_eq!(line, "reset: every 50s");
    }
    daemon.says("cleaned up");
    daemon.says("ends: all services have stopped");
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn sighup_before_the_services_have_started_is_kept_until_then() {
    let mut daemon = Daemon::start("is asked to reload while it starts");
    daemon.says("started");
    while daemon.said() != "reset" {}
    daemon.signal(Signal::TERM);
    while daemon.said() != "ends: all services have stopped" {}
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn a_double_sighup_is_survived() {
    let mut daemon = Daemon::start("heeds");
    daemon.says("running");
    daemon.signal(Signal::HUP);
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    daemon.signal(Signal::TERM);
    while daemon.said() != "ends: all services have stopped" {}
    assert_eq!(daemon.code(), Some(0));
}
