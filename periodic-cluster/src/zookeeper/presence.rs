use super::client::{Client, Error, Kept};
use super::errors::ZookeeperError;
use super::nodes;
use super::session::Session;
use crate::{MembershipError, Process, ServiceIdentity};

/// Makes sure that the process has its node, and that this session keeps it.
pub(super) async fn show(
    session: &Session,
    client: &Client,
    service: &ServiceIdentity,
) -> Result<(), ZookeeperError> {
    let node = nodes::process(&session.root, service);
    let owners = session.owners();
    loop {
        let made = match client.stat(&node).await? {
            Some(stat) if stat.ephemeral_owner == client.session() => return Ok(()),
            // The node belongs to a lost session, and would vanish when that expires.
            Some(stat) => client.replace(&node, stat.version, owners).await,
            None => client.create(&node, b"", Kept::WithSession, owners).await,
        };
        match made {
            Ok(()) => return Ok(()),
            // The node came or went in between, or has no record above it.
            Err(Error::NodeExists | Error::BadVersion) => {}
            Err(Error::NoNode) => {
                let record = nodes::record(&session.root, &service.host, &service.binary);
                if client.stat(&record).await?.is_none() {
                    return Err(MembershipError::unknown(&service.host, &service.binary, &[]).into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

pub(super) async fn hide(
    session: &Session,
    client: &Client,
    service: &ServiceIdentity,
) -> Result<(), ZookeeperError> {
    match client.delete(&nodes::process(&session.root, service)).await {
        Ok(()) | Err(Error::NoNode) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Returns another process of the same record, once no node of a dead process can exist any more.
pub(super) async fn duplicate(
    session: &Session,
    client: &Client,
    service: &ServiceIdentity,
) -> Result<Option<Process>, ZookeeperError> {
    if !session.outlasts_the_dead().await {
        return Ok(None);
    }
    let record = nodes::record(&session.root, &service.host, &service.binary);
    let processes = match client.children(&record).await {
        Ok(processes) => processes,
        Err(Error::NoNode) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut others = processes.iter().filter_map(|process| process.parse().ok());
    Ok(others.find(|process| *process != Process::of(service)))
}
