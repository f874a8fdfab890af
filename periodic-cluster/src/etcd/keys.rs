//! The names of the keys.

use crate::stored::name;
use crate::{Process, ServiceIdentity};

/// Returns the key of a record.
pub(super) fn record(root: &str, host: &str, service: &str) -> String {
    format!("{root}/record/{}", name(service, host))
}

/// Returns the key that exists while the process is a member.
pub(super) fn process(root: &str, service: &ServiceIdentity) -> String {
    format!("{}{}", processes(root, service), Process::of(service))
}

/// Returns the prefix of the keys of all processes of a record.
pub(super) fn processes(root: &str, service: &ServiceIdentity) -> String {
    format!("{root}/alive/{}/", name(&service.binary, &service.host))
}

/// The subject of a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum About<'a> {
    Record { name: &'a str },
    Process { name: &'a str, process: &'a str },
}

pub(super) fn about<'a>(root: &str, key: &'a str) -> Option<About<'a>> {
    let below = key.strip_prefix(root)?;
    if let Some(name) = below.strip_prefix("/record/") {
        return Some(About::Record { name });
    }
    let (name, process) = below.strip_prefix("/alive/")?.split_once('/')?;
    Some(About::Process { name, process })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_they_are_about() {
        let service = ServiceIdentity::new("node-1", "nova-compute");
        let name = "nova-compute@node-1";
        assert_eq!(about("/f", &record("/f", "node-1", "nova-compute")), Some(About::Record { name }));
        let process = Process::of(&service).to_string();
        let key = super::process("/f", &service);
        assert_eq!(about("/f", &key), Some(About::Process { name, process: &process }));
        assert_eq!(about("/f", "/f/other"), None);
        assert_eq!(about("/f", "/g/record/a@b"), None);
    }
}
