use rustix::process::Signal;

use super::node::{Node, settings};
use crate::launcher::process::Directory;
use crate::launcher::systemd::Manager;

#[test]
fn systemd_hears_what_the_node_does() {
    let directory = Directory::new();
    std::fs::write(directory.path("compute.toml"), settings("")).unwrap();
    let manager = Manager::new();
    let node = Node::start_with(&directory, &["--slow-sync", "1h"], |command| {
        command.env("NOTIFY_SOCKET", &manager.address).env("WATCHDOG_USEC", "400000")
    });
    assert_eq!(manager.hears(), "READY=1");
    manager.waits_for("STATUS=running: ComputeManager._sync_power_states");
    node.signal(Signal::HUP);
    node.logs("the settings were read again");
    manager.waits_for("READY=1");
    // A run that blocks its own thread starves nothing.
    for _ in 0..3 {
        manager.waits_for("WATCHDOG=1");
    }
    node.signal(Signal::TERM);
    manager.waits_for("STOPPING=1");
    assert_eq!(node.ended().0, Some(2));
}
