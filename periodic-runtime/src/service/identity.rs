use std::fmt;
use std::sync::OnceLock;

use periodic_core::task::NameError;
use periodic_text::name;

use crate::node;
use crate::random::Random;

/// The identity of a service, for its hooks and its registry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ServiceIdentity {
    /// The host on which it runs.
    pub host: String,
    /// The program, such as `nova-compute`.
    pub binary: String,
    /// The topic of its work, such as `compute`.
    pub topic: String,
    /// The id of the process.
    pub pid: u32,
    /// A random number, drawn once per process: process ids repeat after a reboot and across containers.
    pub run: u64,
}

impl ServiceIdentity {
    /// Creates the identity of a service of this process. The topic is the part of the binary's name after the first
    /// `-`, or the whole name.
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

    /// Checks the names of the host, the program and the topic; the topic may be empty.
    ///
    /// # Errors
    /// When one of them is not a valid name.
    pub(super) fn check(&self) -> Result<(), NameError> {
        NameError::check("a host", &self.host)?;
        NameError::check("a service", &self.binary)?;
        if self.topic.is_empty() { Ok(()) } else { NameError::check("a topic", &self.topic) }
    }

    /// Creates the identity of this program on this host.
    pub(super) fn of_this_process() -> Self {
        let path = std::env::args_os().next();
        let name = path.as_deref().and_then(|path| std::path::Path::new(path).file_stem());
        let name = name.map_or("periodic".into(), |name| name.to_string_lossy());
        Self::new(proper(&node::host_name()), proper(&name))
    }
}

/// Returns `text` as a valid name, with `_` for each invalid character: a program's file may have any name.
fn proper(text: &str) -> String {
    let may_stand = |letter: char| name::problem(letter.encode_utf8(&mut [0; 4])).is_none();
    let text = &text[..text.floor_char_boundary(name::LONGEST)];
    text.chars().map(|letter| if may_stand(letter) { letter } else { '_' }).collect()
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
        write!(f, "{} on {}", periodic_text::quoted(&self.topic), periodic_text::quoted(&self.host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_s_file_may_be_called_as_it_likes() {
        assert_eq!(proper("nova-compute"), "nova-compute");
        assert_eq!(proper("my daemon*\u{1b}"), "my_daemon__");
        assert_eq!(proper(&"ö".repeat(200)), "ö".repeat(127));
        assert!(ServiceIdentity::of_this_process().check().is_ok());
    }

    #[test]
    fn a_name_that_was_chosen_is_checked() {
        assert!(ServiceIdentity::new("node-1", "nova-").check().is_ok());
        for (host, binary) in [("node 1", "nova-compute"), ("node-1", ""), ("node-1", "nova-\ncompute")] {
            assert!(ServiceIdentity::new(host, binary).check().is_err());
        }
        let shown = ServiceIdentity::new("node-1\nnode-2 is up", "nova-compute").to_string();
        assert_eq!(shown, r"compute on node-1\nnode-2 is up");
    }
}
