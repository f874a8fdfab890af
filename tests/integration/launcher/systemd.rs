use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::child::settings;
use super::process::{Daemon, Directory, PATIENCE};

/// The service manager's end of the socket.
pub(crate) struct Manager {
    socket: UnixDatagram,
    pub(crate) address: String,
    _directory: Directory,
}

impl Manager {
    pub(crate) fn new() -> Self {
        let directory = Directory::new();
        let path = directory.path("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { socket, address: path.to_str().unwrap().into(), _directory: directory }
    }

    fn start(&self, scenario: &str, watchdog: Option<Duration>) -> Daemon {
        Daemon::start_with(scenario, &settings(""), |command| {
            if let Some(time) = watchdog {
                command.env("WATCHDOG_USEC", time.as_micros().to_string());
            }
            command.env("NOTIFY_SOCKET", &self.address)
        })
    }

    /// The next message.
    #[track_caller]
    pub(crate) fn hears(&self) -> String {
        let mut buffer = [0; 4096];
        let length = self.socket.recv(&mut buffer).unwrap();
        String::from_utf8(buffer[..length].to_vec()).unwrap().trim_end().into()
    }

    /// Waits for this message, whatever comes before.
    #[track_caller]
    pub(crate) fn waits_for(&self, message: &str) {
        let until = Instant::now() + PATIENCE;
        while self.hears() != message {
            assert!(Instant::now() < until, "`{message}` does not come");
        }
    }
}

#[test]
fn it_is_told_when_the_daemon_is_up_reloads_and_stops() {
    let manager = Manager::new();
    let mut daemon = manager.start("heeds", None);
    assert_eq!(manager.hears(), "READY=1");
    daemon.says("running");
    manager.waits_for("STATUS=running: Test.work");
    daemon.signal(Signal::HUP);
    let reloading = manager.hears();
    let (reloading, time) = reloading.split_once('\n').unwrap();
    assert_eq!(reloading, "RELOADING=1");
    assert!(time.strip_prefix("MONOTONIC_USEC=").unwrap().parse::<u64>().unwrap() > 0);
    daemon.says("reset: every 1h");
    assert_eq!(manager.hears(), "READY=1");
    daemon.signal(Signal::TERM);
    manager.waits_for("STOPPING=1");
    while daemon.said() != "ends: all services have stopped" {}
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn a_daemon_that_does_not_come_up_is_never_ready() {
    let manager = Manager::new();
    let mut daemon = manager.start("cannot start", None);
    assert_eq!(daemon.code(), Some(1));
    manager.socket.set_nonblocking(true).unwrap();
    let mut buffer = [0; 4096];
    while let Ok(length) = manager.socket.recv(&mut buffer) {
        let message = String::from_utf8_lossy(&buffer[..length]);
        assert!(!message.contains("READY"), "{message}");
    }
}

#[test]
fn the_watchdog_is_fed_until_the_scheduler_stands_still() {
    let manager = Manager::new();
    let period = Duration::from_millis(400);
    let daemon = manager.start("stalls when reset", Some(period));
    daemon.says("running");
    for _ in 0..5 {
        manager.waits_for("WATCHDOG=1");
    }
    daemon.signal(Signal::HUP);
    daemon.says("reset: every 1h");
    daemon.says("stalled");
    // The last sign of life may be on its way; from then on there is none.
    let stalled = Instant::now();
    manager.socket.set_read_timeout(Some(period * 5)).unwrap();
    let mut buffer = [0; 4096];
    while let Ok(length) = manager.socket.recv(&mut buffer) {
        if buffer[..length].starts_with(b"WATCHDOG=1") {
            assert!(stalled.elapsed() < period * 2, "it is fed although the scheduler stands still");
        }
    }
}

/// With nothing to do the scheduler must come round more often than systemd looks; once in the longest sleep is too
/// seldom.
#[test]
fn a_quiet_daemon_outlives_its_watchdog() {
    let manager = Manager::new();
    let period = Duration::from_millis(800);
    let daemon = manager.start("heeds", Some(period));
    daemon.says("running");
    let begun = Instant::now();
    for _ in 0..10 {
        manager.waits_for("WATCHDOG=1");
    }
    assert!(begun.elapsed() < period * 20, "ten signs of life took {:?}", begun.elapsed());
}

#[test]
fn without_a_watchdog_none_is_fed_and_an_abstract_socket_will_do() {
    let name = format!("periodic-test-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let socket = UnixDatagram::bind_addr(&address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let manager = Manager { socket, address: format!("@{name}"), _directory: Directory::new() };
    let mut daemon = manager.start("heeds", None);
    daemon.says("running");
    let mut heard = vec![manager.hears()];
    daemon.signal(Signal::TERM);
    while heard.last().is_none_or(|message| message != "STOPPING=1") {
        heard.push(manager.hears());
    }
    assert!(daemon.code().is_some());
    assert_eq!(heard[0], "READY=1");
    assert!(!heard.iter().any(|message| message.starts_with("WATCHDOG")), "{heard:?}");
}
