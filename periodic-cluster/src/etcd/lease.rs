use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use etcd_client::{Client, Compare, CompareOp, GetOptions, PutOptions, Txn, TxnOp};
use periodic_core::time::Clock;
use periodic_runtime::SystemClock;

use super::errors::{Failure, no_lease};
use super::{Driver, keys};
use crate::{MembershipError, Process, ServiceIdentity};

/// The longest delay with which etcd deletes a key whose lease has expired.
const SLOW: Duration = Duration::from_secs(2);

/// The leases that this driver renews, each under the key that is bound to it.
#[derive(Debug)]
pub(super) struct Leases {
    seconds: i64,
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

    fn hold(&self, key: &str, id: i64) {
        let (now, longest) = (Instant::now(), self.longest());
        let mut held = self.held();
        // A conductor's driver holds the leases of all nodes, and a process that dies returns none. The capacity has
        // doubled since the last time, so each lease is checked about once.
        if held.len() >= MANY && held.len() == held.capacity() {
            held.retain(|_, lease| now.duration_since(lease.renewed) <= longest);
        }
        held.insert(key.to_owned(), Lease { id, since: now, renewed: now });
    }

    fn is_renewed(&self, key: &str, id: i64) {
        if let Some(lease) = self.held().get_mut(key).filter(|lease| lease.id == id) {
            lease.renewed = Instant::now();
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Lease>> {
        // A panic leaves the map intact.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, key: &str) -> Option<i64> {
        self.held().get(key).map(|lease| lease.id)
    }

    /// Whether the key's lease has been held for longer than the lease of a process that died before can last.
    fn outlasts_the_dead(&self, key: &str) -> bool {
        let longest = self.longest();
        self.held().get(key).is_some_and(|lease| lease.since.elapsed() > longest)
    }
}

/// Renews the process's lease, and makes sure that its key exists and is bound to it.
pub(super) async fn show(
    driver: &Driver,
    mut client: Client,
    service: &ServiceIdentity,
) -> Result<(), Failure> {
    let record = keys::record(&driver.root, &service.host, &service.binary);
    let key = keys::process(&driver.root, service);
    let recorded = Compare::version(record, CompareOp::Greater, 0);
    loop {
        let lease = renewed(driver, &mut client, &key).await?;
        let bound = Compare::lease(key.clone(), CompareOp::Equal, lease);
        let look = Txn::new().when([recorded.clone(), bound]);
        if client.txn(look).await?.succeeded() {
            return Ok(());
        }
        let now = SystemClock::new().now().wall.as_nanos().to_string();
        let put = TxnOp::put(key.clone(), now, Some(PutOptions::new().with_lease(lease)));
        match client.txn(Txn::new().when([recorded.clone()]).and_then([put])).await {
            Ok(done) if done.succeeded() => return Ok(()),
            Ok(_) => return Err(MembershipError::unknown(&service.host, &service.binary, &[]).into()),
            // The lease expired in between, or the process is leaving.
            Err(error) if no_lease(&error) => {
                driver.leases.held().remove(&key);
                driver.departed.refuse(service)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns the lease for a key, renewed or new.
async fn renewed(driver: &Driver, client: &mut Client, key: &str) -> Result<i64, Failure> {
    if let Some(lease) = driver.leases.of(key) {
        // The stream is not kept: one that is opened for each heartbeat cannot have died since the last.
        match client.lease_keep_alive(lease).await {
            Ok(_) => {
                driver.leases.is_renewed(key, lease);
                return Ok(lease);
            }
            Err(error) if no_lease(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let lease = client.lease_grant(driver.leases.seconds, None).await?.id();
    driver.leases.hold(key, lease);
    Ok(lease)
}

/// Returns another process of the same record, once no key of a dead process can exist any more.
pub(super) async fn duplicate(
    driver: &Driver,
    mut client: Client,
    service: &ServiceIdentity,
) -> Result<Option<Process>, Failure> {
    let own = keys::process(&driver.root, service);
    if !driver.leases.outlasts_the_dead(&own) {
        return Ok(None);
    }
    let all = keys::processes(&driver.root, service);
    let found = client.get(all.clone(), Some(GetOptions::new().with_prefix().with_keys_only())).await?;
    let mut others = found.kvs().iter().map(etcd_client::KeyValue::key).filter(|key| *key != own.as_bytes());
    let process = |key| std::str::from_utf8(key).ok()?.strip_prefix(&all)?.parse().ok();
    Ok(others.find_map(process))
}

/// Deletes the process's key and revokes its lease, so that no write in flight restores it.
pub(super) async fn hide(
    driver: &Driver,
    mut client: Client,
    service: &ServiceIdentity,
) -> Result<(), Failure> {
    let key = keys::process(&driver.root, service);
    if let Some(lease) = driver.leases.of(&key) {
        match client.lease_revoke(lease).await {
            Ok(_) => {}
            Err(error) if no_lease(&error) => {}
            Err(error) => return Err(error.into()),
        }
        driver.leases.held().remove(&key);
    }
    client.delete(key, None).await?;
    Ok(())
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
