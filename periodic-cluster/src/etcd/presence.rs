use etcd_client::{Client, Compare, CompareOp, GetOptions, PutOptions, Txn, TxnOp};
use periodic_core::time::Clock;
use periodic_runtime::SystemClock;

use super::errors::{EtcdError, no_lease};
use super::{Driver, keys};
use crate::{MembershipError, Process, ServiceIdentity};

/// Renews the process's lease, and makes sure that its key exists and is bound to it.
pub(super) async fn show(
    driver: &Driver,
    mut client: Client,
    service: &ServiceIdentity,
) -> Result<(), EtcdError> {
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
                driver.leases.forget(&key);
                driver.departed.refuse(service)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns the lease for a key, renewed or new.
async fn renewed(driver: &Driver, client: &mut Client, key: &str) -> Result<i64, EtcdError> {
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
) -> Result<Option<Process>, EtcdError> {
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
) -> Result<(), EtcdError> {
    let key = keys::process(&driver.root, service);
    if let Some(lease) = driver.leases.of(&key) {
        match client.lease_revoke(lease).await {
            Ok(_) => {}
            Err(error) if no_lease(&error) => {}
            Err(error) => return Err(error.into()),
        }
        driver.leases.forget(&key);
    }
    client.delete(key, None).await?;
    Ok(())
}
