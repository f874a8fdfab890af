use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::conductor::token::Caller;
use crate::{Process, ServiceIdentity};

/// The most processes that the token of a host may name within a down time. An engine keeps each for that time, so
/// without a bound one host could fill it. A service that restarts repeatedly needs one a second.
pub(super) const OF_A_HOST: usize = 256;

/// A longer down time counts as this, so that no time overflows.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The processes that joined, beat or left with the token of a host within the last down time.
pub(super) struct Processes {
    down_time: Duration,
    hosts: Mutex<BTreeMap<Arc<str>, Named>>,
}

#[derive(Default)]
struct Named {
    /// The time when each was last named.
    last: HashMap<(String, Process), Instant>,
    /// The same, the oldest first.
    oldest: BTreeSet<(Instant, String, Process)>,
}

impl Processes {
    pub(super) fn new(down_time: Duration) -> Self {
        Self { down_time: down_time.min(LONGEST), hosts: Mutex::default() }
    }

    /// Notes the process of a call. At the bound it fails with the time until the oldest process is forgotten.
    pub(super) fn admit(&self, caller: &Caller, service: &ServiceIdentity) -> Result<(), Duration> {
        let Caller::Host(host) = caller else { return Ok(()) };
        // The group refuses such a name.
        if periodic_text::name::problem(&service.binary).is_some() {
            return Ok(());
        }
        let now = Instant::now();
        let mut hosts = self.hosts();
        let named = hosts.entry(Arc::clone(host)).or_default();
        named.forget(now, self.down_time);
        named
            .take(now, (service.binary.clone(), Process::of(service)))
            .map_err(|oldest| (oldest + self.down_time).saturating_duration_since(now))
    }

    fn hosts(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Named>> {
        // No code panics while it is held.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Named {
    fn forget(&mut self, now: Instant, down_time: Duration) {
        while let Some((last, ..)) = self.oldest.first()
            && *last + down_time < now
            && let Some((_, service, process)) = self.oldest.pop_first()
        {
            self.last.remove(&(service, process));
        }
    }

    fn take(&mut self, now: Instant, key: (String, Process)) -> Result<(), Instant> {
        let before = self.last.get(&key).copied();
        if before.is_none()
            && self.last.len() >= OF_A_HOST
            && let Some((oldest, ..)) = self.oldest.first()
        {
            return Err(*oldest);
        }
        let (service, process) = key.clone();
        if let Some(before) = before {
            self.oldest.remove(&(before, service.clone(), process));
        }
        self.oldest.insert((now, service, process));
        self.last.insert(key, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: usize) -> ServiceIdentity {
        let mut service = ServiceIdentity::new("node-1", "nova-compute");
        service.pid = u32::try_from(pid).unwrap();
        service
    }

    #[tokio::test(start_paused = true)]
    async fn the_processes_of_a_host_are_bounded() {
        let processes = Processes::new(Duration::from_secs(60));
        let host = |name: &str| Caller::Host(name.into());
        for pid in 0..OF_A_HOST {
            processes.admit(&host("node-1"), &process(pid)).unwrap();
            tokio::time::advance(Duration::from_millis(10)).await;
        }
        // A known process, one more, another host, and the operator.
        processes.admit(&host("node-1"), &process(0)).unwrap();
        let wait = processes.admit(&host("node-1"), &process(1_000)).unwrap_err();
        assert_eq!(wait, Duration::from_millis(60_000 - 2_550));
        processes.admit(&host("node-2"), &process(1_000)).unwrap();
        processes.admit(&Caller::Operator, &process(1_000)).unwrap();
        tokio::time::advance(wait + Duration::from_millis(1)).await;
        processes.admit(&host("node-1"), &process(1_000)).unwrap();
        // A minute later only the new process is left.
        tokio::time::advance(Duration::from_secs(61)).await;
        processes.admit(&host("node-1"), &process(7)).unwrap();
        let hosts = processes.hosts();
        let named = &hosts["node-1"];
        assert_eq!((named.last.len(), named.oldest.len()), (1, 1));
    }
}
