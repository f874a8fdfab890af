use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::any_membership::AnyMembership;
use crate::caught::catch_subscriber;
use crate::{Process, ServiceIdentity};

/// The longest duration of a look. A heartbeat waits for it.
const LOOK: Duration = Duration::from_secs(1);

/// Looks for other processes that beat under the records of this one, and logs them once.
///
/// A look costs a call, so there is one each down time. The first is one down time after the first heartbeat: a process
/// that is being replaced has gone by then.
#[derive(Debug, Default)]
pub(super) struct Duplicates(Mutex<BTreeMap<(String, String), Next>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Look(Instant),
    /// It was logged.
    Said,
}

impl Duplicates {
    /// Looks, if it is time. Call it before a heartbeat of `service`, which would hide another process's.
    pub(super) async fn look(
        &self,
        engine: &dyn AnyMembership,
        service: &ServiceIdentity,
        down_time: Duration,
    ) {
        if !self.is_due(service, down_time) {
            return;
        }
        match tokio::time::timeout(LOOK, engine.duplicate(service)).await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(other))) => {
                self.all().insert(key(service), Next::Said);
                catch_subscriber(|| {
                    tracing::warn!(
                        host = ?service.host,
                        service = ?service.binary,
                        this = %Process::of(service),
                        %other,
                        "another process is a member with the same host and name: stop it, or give one another name",
                    );
                });
            }
            // The heartbeat that follows reports an unreachable store.
            Ok(Err(error)) => {
                catch_subscriber(|| {
                    tracing::debug!(?error, "the search for other processes of this name failed");
                });
            }
            Err(_) => {
                catch_subscriber(|| {
                    tracing::debug!("the search for other processes of this name took too long");
                });
            }
        }
    }

    /// Removes `service`. Its next heartbeat starts again.
    pub(super) fn forget(&self, service: &ServiceIdentity) {
        self.all().remove(&key(service));
    }

    fn is_due(&self, service: &ServiceIdentity, down_time: Duration) -> bool {
        let now = Instant::now();
        let next = |now: Instant| now.checked_add(down_time).map_or(Next::Said, Next::Look);
        let mut all = self.all();
        let known = all.entry(key(service)).or_insert_with(|| next(now));
        let due = matches!(known, Next::Look(at) if *at <= now);
        if due {
            *known = next(now);
        }
        due
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<(String, String), Next>> {
        // A panic cannot leave a map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(service: &ServiceIdentity) -> (String, String) {
    (service.binary.clone(), service.host.clone())
}
