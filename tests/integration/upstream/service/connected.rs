//! `EventletServerProcessLauncherTest`: a stop while a client is connected. The server is an endpoint that waits for it.

use std::net::TcpStream;

use rustix::process::Signal;

use crate::launcher::process::Daemon;

/// A daemon with this grace time, and a client.
fn connected(grace: u32) -> (Daemon, TcpStream) {
    let settings = format!("periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = {grace}");
    let daemon = Daemon::start_with("serves", &settings, |command| command);
    let client = TcpStream::connect(daemon.says_at_last("listening: ")).unwrap();
    daemon.says_at_last("connected");
    (daemon, client)
}

#[test]
fn test_shuts_down_on_sigint_when_client_connected() {
    let (mut daemon, _client) = connected(3_600);
    daemon.signal(Signal::INT);
    daemon.says_at_last("asked to close");
    // The first one is graceful here.
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.code(), Some(143));
}

#[test]
fn test_graceful_shuts_down_on_sigterm_when_client_connected() {
    let (mut daemon, client) = connected(3_600);
    daemon.signal(Signal::TERM);
    daemon.says_at_last("asked to close");
    assert!(daemon.is_running(), "it waits for its client");
    drop(client);
    daemon.says("cleaned up");
    assert_eq!(daemon.code(), Some(0));
}

#[test]
fn test_graceful_stop_with_exceeded_graceful_shutdown_timeout() {
    let (mut daemon, _client) = connected(1);
    daemon.signal(Signal::TERM);
    let end = daemon.says_at_last("ends: ");
    assert_eq!(end, "the grace time has ended; cut: endpoint `server`");
    assert_eq!(daemon.code(), Some(2));
}
