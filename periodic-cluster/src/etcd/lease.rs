use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The longest delay with which etcd deletes a key whose lease has expired.
const SLOW: Duration = Duration::from_secs(2);

/// The leases that this driver renews, each under the key that is bound to it.
#[derive(Debug)]
pub(super) struct Leases {
    pub(super) seconds: i64,
    held: Mutex<HashMap<String, Lease>>,
}

#[derive(Clone, Copy, Debug)]
struct Lease {
    id: i64,
    since: Instant,
    renewed: Instant,
}

/// The number of held leases from which on expired ones are removed.
const MANY: usize = 1_024;

impl Leases {
    pub(super) fn new(ttl: Duration) -> Self {
        let seconds = ttl.as_secs().saturating_add(u64::from(ttl.subsec_nanos() > 0)).max(1);
        Self { seconds: i64::try_from(seconds).unwrap_or(i64::MAX), held: Mutex::default() }
    }

    /// Returns the longest lifetime of a lease that is not renewed.
    fn longest(&self) -> Duration {
        Duration::from_secs(self.seconds.unsigned_abs()).saturating_add(SLOW)
    }

    pub(super) fn hold(&self, key: &str, id: i64) {
        let (now, longest) = (Instant::now(), self.longest());
        let mut held = self.held();
        // A conductor's driver holds the leases of all nodes, and a process that dies returns none. The capacity has
        // doubled since the last time, so each lease is checked about once.
        if held.len() >= MANY && held.len() == held.capacity() {
            held.retain(|_, lease| now.duration_since(lease.renewed) <= longest);
        }
        held.insert(key.to_owned(), Lease { id, since: now, renewed: now });
    }

    pub(super) fn is_renewed(&self, key: &str, id: i64) {
        if let Some(lease) = self.held().get_mut(key).filter(|lease| lease.id == id) {
            lease.renewed = Instant::now();
        }
    }

    pub(super) fn forget(&self, key: &str) {
        self.held().remove(key);
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Lease>> {
        // A panic leaves the map intact.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn of(&self, key: &str) -> Option<i64> {
        self.held().get(key).map(|lease| lease.id)
    }

    /// Whether the key's lease has been held for longer than the lease of a process that died before can last.
    pub(super) fn outlasts_the_dead(&self, key: &str) -> bool {
        let longest = self.longest();
        self.held().get(key).is_some_and(|lease| lease.since.elapsed() > longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leases_that_have_run_out_are_forgotten() {
        let leases = Leases::new(Duration::from_secs(1));
        leases.hold("renewed", 1);
        let long_ago = Instant::now().checked_sub(Duration::from_secs(60)).unwrap();
        for number in 0..20_000 {
            let key = format!("dead-{number}");
            leases.hold(&key, number);
            leases.held().get_mut(&key).unwrap().renewed = long_ago;
        }
        assert!(leases.held().len() <= 4 * MANY, "{}", leases.held().len());
        assert_eq!(leases.of("renewed"), Some(1));
    }
}
