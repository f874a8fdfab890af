//! `test_systemd.py`.

use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};

use crate::launcher::child::settings;
use crate::launcher::process::{Daemon, PATIENCE};
use crate::launcher::systemd::Manager;

fn start(address: &str) -> Daemon {
    Daemon::start_with("heeds", &settings(""), |command| command.env("NOTIFY_SOCKET", address))
}

#[test]
fn test__abstractify() {
    let name = format!("fake_socket_{}", std::process::id());
    let socket = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let _daemon = start(&format!("@{name}"));
    let mut buffer = [0; 64];
    let length = socket.recv(&mut buffer).unwrap();
    assert!(buffer[..length].starts_with(b"READY=1"));
}

#[test]
fn test_notify() {
    let manager = Manager::new();
    let _daemon = start(&manager.address);
    assert_eq!(manager.hears(), "READY=1");
}
