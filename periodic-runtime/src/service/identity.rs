use std::fmt;
use std::sync::OnceLock;

use crate::node;
use crate::random::Random;

/// Who a service is: what its hooks and its registry are told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ServiceIdentity {
    /// The host on which it runs.
    pub host: String,
    /// The program, such as `nova-compute`.
    pub binary: String,
    /// What it does, such as `compute`.
    pub topic: String,
    /// The process.
    pub pid: u32,
    /// Drawn by chance once for each process: a process id comes again after a reboot, and in each container.
    pub run: u64,
}

impl ServiceIdentity {
    /// A service of this process. Its topic is what follows the first `-` of the binary's name, or all of that.
    ///
    /// # Examples
    /// ```
    /// use periodic_runtime::service::ServiceIdentity;
    ///
    /// let identity = ServiceIdentity::new("node-1", "nova-compute");
    /// assert_eq!(identity.topic, "compute");
    /// assert_eq!(identity.to_string(), "compute on node-1");
    /// ```
    pub fn new(host: impl Into<String>, binary: impl Into<String>) -> Self {
        let (host, binary) = (host.into(), binary.into());
        let topic = topic_of(&binary).to_owned();
        Self { host, binary, topic, pid: std::process::id(), run: run_of_this_process() }
    }

    /// This program on this host.
    pub(super) fn of_this_process() -> Self {
        let path = std::env::args_os().next();
        let name = path.as_deref().and_then(|path| std::path::Path::new(path).file_stem());
        Self::new(node::host_name(), name.map_or("periodic".into(), |name| name.to_string_lossy()))
    }
}

fn run_of_this_process() -> u64 {
    static RUN: OnceLock<u64> = OnceLock::new();
    *RUN.get_or_init(|| Random::new().next())
}

pub(super) fn topic_of(binary: &str) -> &str {
    binary.split_once('-').map_or(binary, |(_, topic)| topic)
}

impl fmt::Display for ServiceIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.topic, self.host)
    }
}
