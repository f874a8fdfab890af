use etcd_client::{Client, Compare, CompareOp, Txn, TxnOp};
use periodic_core::time::Clock;
use periodic_runtime::SystemClock;

use super::errors::EtcdError;
use super::keys;
use crate::stored::StoredRecord;
use crate::{Record, ServiceIdentity};

pub(super) async fn record(
    root: &str,
    mut client: Client,
    service: &ServiceIdentity,
) -> Result<Record, EtcdError> {
    let key = keys::record(root, &service.host, &service.binary);
    let created_at = Some(SystemClock::new().now().wall);
    let new = StoredRecord { topic: service.topic.clone(), created_at, ..StoredRecord::default() };
    loop {
        let absent = Compare::version(key.clone(), CompareOp::Equal, 0);
        let put = TxnOp::put(key.clone(), new.text(), None);
        if client.txn(Txn::new().when([absent]).and_then([put])).await?.succeeded() {
            return Ok(Record::Created);
        }
        if update(&mut client, &key, |record| record.topic.clone_from(&service.topic)).await? {
            return Ok(Record::Updated);
        }
    }
}

/// Changes a record, unless it already has the new value; `false` if it does not exist. Keeps a concurrent change by
/// another client.
pub(super) async fn update(
    client: &mut Client,
    key: &str,
    change: impl Fn(&mut StoredRecord),
) -> Result<bool, EtcdError> {
    loop {
        let found = client.get(key, None).await?;
        let Some(found) = found.kvs().first() else { return Ok(false) };
        let before = StoredRecord::read(key, found.value())?;
        let mut now = before.clone();
        change(&mut now);
        if now == before {
            return Ok(true);
        }
        let same = Compare::mod_revision(key, CompareOp::Equal, found.mod_revision());
        let put = TxnOp::put(key, now.text(), None);
        if client.txn(Txn::new().when([same]).and_then([put])).await?.succeeded() {
            return Ok(true);
        }
    }
}
