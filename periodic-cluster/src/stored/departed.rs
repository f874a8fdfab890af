use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use periodic_runtime::service::ServiceIdentity;

use crate::{MembershipError, Process};

/// Which processes have left by way of this driver, so that a late heartbeat brings none of them back.
#[derive(Debug, Default)]
pub(crate) struct Departed(Mutex<HashSet<(String, String, Process)>>);

impl Departed {
    pub(crate) fn insert(&self, service: &ServiceIdentity) {
        self.all().insert(key(service));
    }

    pub(crate) fn remove(&self, service: &ServiceIdentity) {
        self.all().remove(&key(service));
    }

    /// Refuses a heartbeat of a process that has left.
    pub(crate) fn refuse(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        if self.all().contains(&key(service)) {
            return Err(MembershipError::not_joined(&service.host, &service.binary));
        }
        Ok(())
    }

    fn all(&self) -> MutexGuard<'_, HashSet<(String, String, Process)>> {
        // A set stays whole, whoever panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(service: &ServiceIdentity) -> (String, String, Process) {
    (service.binary.clone(), service.host.clone(), Process::of(service))
}
