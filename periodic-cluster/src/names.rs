use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

use periodic_core::task::NameError;
use periodic_runtime::service::ServiceIdentity;
use periodic_text::quoted;

use crate::caught::catch_subscriber;
use crate::{Member, MembershipError};

/// The most records with bad names that are named in warnings.
const NAMED: usize = 64;

/// The records with bad names that were named.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    /// Hashes, because the names may have any length.
    named: Mutex<HashSet<u64>>,
    hashes: RandomState,
}

impl Skipped {
    /// Whether the member has valid names. Another member is named once, in a warning.
    pub(crate) fn passes(&self, member: &Member) -> bool {
        let Err(problem) = of_member(member) else { return true };
        let (service, host) = member.key();
        let is_first = {
            // A panic leaves the set intact.
            let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
            named.len() < NAMED && named.insert(self.hashes.hash_one((service, host)))
        };
        if is_first {
            let (service, host) = (quoted(service), quoted(host));
            catch_subscriber(
                || tracing::warn!(%service, %host, %problem, "a record with a bad name is skipped; remove it from the store"),
            );
        }
        false
    }
}

/// Whether host, service and topic are names.
#[cfg(feature = "conductor")]
pub(crate) fn has_names(member: &Member) -> bool {
    of_member(member).is_ok()
}

fn of_member(member: &Member) -> Result<(), NameError> {
    parts(&member.host, &member.binary, &member.topic)
}

pub(crate) fn of_service(service: &ServiceIdentity) -> Result<(), MembershipError> {
    Ok(parts(&service.host, &service.binary, &service.topic)?)
}

pub(crate) fn named(host: &str, service: &str) -> Result<(), MembershipError> {
    Ok(parts(host, service, "")?)
}

fn parts(host: &str, service: &str, topic: &str) -> Result<(), NameError> {
    NameError::check("a host", host)?;
    NameError::check("a service", service)?;
    // A service may have none.
    if topic.is_empty() { Ok(()) } else { NameError::check("a topic", topic) }
}
