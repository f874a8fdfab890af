use super::client::{Client, Error, Kept};
use super::errors::ZookeeperError;
use super::nodes;
use super::session::Session;
use crate::stored::StoredRecord;
use crate::{MembershipError, Record, ServiceIdentity};

pub(super) async fn record(
    session: &Session,
    client: &Client,
    service: &ServiceIdentity,
) -> Result<Record, ZookeeperError> {
    let node = nodes::record(&session.root, &service.host, &service.binary);
    let new = StoredRecord { topic: service.topic.clone(), ..StoredRecord::default() };
    let owners = session.owners();
    loop {
        match client.create(&node, new.text().as_bytes(), Kept::ForGood, owners).await {
            Ok(()) => return Ok(Record::Created),
            Err(Error::NodeExists) => {}
            Err(Error::NoNode) => {
                client.create_all(&session.root, owners).await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        if update(client, &node, |record| record.topic.clone_from(&service.topic)).await? {
            return Ok(Record::Updated);
        }
    }
}

pub(super) async fn force_down(
    session: &Session,
    client: &Client,
    host: &str,
    service: &str,
    down: bool,
) -> Result<(), ZookeeperError> {
    let node = nodes::record(&session.root, host, service);
    if update(client, &node, |record| record.forced_down = down).await? {
        return Ok(());
    }
    Err(MembershipError::unknown(host, service, &[]).into())
}

/// Changes a record, unless it already has the new value; `false` if it does not exist. Keeps a concurrent change by
/// another client.
async fn update(
    client: &Client,
    node: &str,
    change: impl Fn(&mut StoredRecord),
) -> Result<bool, ZookeeperError> {
    loop {
        let (text, stat) = match client.data(node).await {
            Ok(found) => found,
            Err(Error::NoNode) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let before = StoredRecord::read(node, &text)?;
        let mut now = before.clone();
        change(&mut now);
        if now == before {
            return Ok(true);
        }
        match client.set_data(node, now.text().as_bytes(), stat.version).await {
            Ok(()) => return Ok(true),
            Err(Error::BadVersion) => {}
            Err(Error::NoNode) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
    }
}
