use rustix::process::Signal;

use crate::Server;
use crate::folder::Folder;
use crate::installed::{instead_of_root, program};
use crate::plan::Plan;
use crate::port;
use crate::probe::Probe;

impl Server {
    /// Starts memcached, which loses all data in a restart.
    pub async fn memcached() -> Option<Self> {
        let program = program("memcached", "memcached")?;
        let user = instead_of_root("nobody");
        let (folder, port) = (Folder::new("memcached", user), port::free());
        let arguments = ["-l", "127.0.0.1", "-U", "0", "-p", &port.to_string()].map(Into::into).into();
        let plan = Plan { program, arguments, user, probe: Probe::Memcached, stop: Signal::TERM };
        let server = Self::spawn(plan, port, folder);
        server.until_ready().await;
        Some(server)
    }
}
