//! The names of the nodes.

use crate::stored::name;
use crate::{Process, ServiceIdentity};

/// Returns the node of a record.
pub(super) fn record(root: &str, host: &str, service: &str) -> String {
    format!("{root}/{}", name(service, host))
}

/// Returns the node that exists while the process is a member.
pub(super) fn process(root: &str, service: &ServiceIdentity) -> String {
    format!("{}/{}", record(root, &service.host, &service.binary), Process::of(service))
}
