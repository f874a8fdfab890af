use periodic_core::time::{Clock, Timestamp};
use periodic_runtime::SystemClock;

use super::Driver;
use super::client::Client;
use super::errors::MemcachedError;
use super::expiry::{NEVER, expiry};
use super::index::enlist;
use super::keys::MemberKeys;
use super::store::{LONGEST_PART, Stored, delete, read, write};
use crate::stored::StoredRecord;
use crate::{MembershipError, Process, Record, ServiceIdentity};

/// The data of one member in memcached.
struct Found {
    keys: MemberKeys,
    record: Option<Stored>,
    /// The content of the key that expires: the process.
    alive: Option<Stored>,
    part: Option<Stored>,
}

/// A record that was read, and its stored text.
struct Recorded {
    record: StoredRecord,
    stored: Stored,
}

pub(super) async fn record(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<Record, MemcachedError> {
    let found = find(driver, client, service).await?;
    // First, because the creator of the record reports the member as created.
    enlist(client, &found.keys, found.part.as_ref()).await?;
    let Some(stored) = found.record else {
        let created_at = Some(now());
        let new = StoredRecord { topic: service.topic.clone(), created_at, ..StoredRecord::default() };
        write(client, &found.keys.record, &new.text(), NEVER, None).await?;
        return Ok(Record::Created);
    };
    let before = StoredRecord::read(&found.keys.record, &stored.text)?;
    if before.topic != service.topic {
        let now = StoredRecord { topic: service.topic.clone(), ..before };
        write(client, &found.keys.record, &now.text(), NEVER, Some(&stored)).await?;
    }
    Ok(Record::Updated)
}

pub(super) async fn join(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<(), MemcachedError> {
    let mut found = find(driver, client, service).await?;
    let Recorded { mut record, stored } = found.recorded(service)?;
    enlist(client, &found.keys, found.part.as_ref()).await?;
    record.last_seen = Some(now());
    record.beaten_by = Some(Process::of(service));
    write(client, &found.keys.record, &record.text(), NEVER, Some(&stored)).await?;
    found.show(driver, client, &Process::of(service).to_string()).await
}

pub(super) async fn beat(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<(), MemcachedError> {
    driver.departed.refuse(service)?;
    let mut found = find(driver, client, service).await?;
    let Recorded { mut record, stored } = found.recorded(service)?;
    enlist(client, &found.keys, found.part.as_ref()).await?;
    let process = match &found.alive {
        // The key may name another process that joined later.
        Some(alive) => String::from_utf8_lossy(&alive.text).into_owned(),
        None => Process::of(service).to_string(),
    };
    found.show(driver, client, &process).await?;
    // Last, so that a heartbeat that is repeated is counted once.
    record.last_seen = Some(now());
    record.beaten_by = Some(Process::of(service));
    record.report_count += 1;
    write(client, &found.keys.record, &record.text(), NEVER, Some(&stored)).await
}

/// Deletes the key, unless another process has followed: then the key is the other's.
pub(super) async fn leave(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<(), MemcachedError> {
    let mut found = find(driver, client, service).await?;
    // Without a record there is no mark to remove.
    if let Ok(Recorded { mut record, stored }) = found.recorded(service)
        && record.beaten_by.take_if(|last| *last == Process::of(service)).is_some()
    {
        write(client, &found.keys.record, &record.text(), NEVER, Some(&stored)).await?;
    }
    match &found.alive {
        Some(alive) if alive.text == Process::of(service).to_string().as_bytes() => {
            delete(client, &found.keys.alive, alive).await
        }
        _ => Ok(()),
    }
}

/// Returns the process that joined or beat last, if it is another.
pub(super) async fn duplicate(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<Option<Process>, MemcachedError> {
    let found = find(driver, client, service).await?.recorded(service)?;
    Ok(found.record.beaten_by.filter(|last| *last != Process::of(service)))
}

async fn find(
    driver: &Driver,
    client: &mut Client,
    service: &ServiceIdentity,
) -> Result<Found, MemcachedError> {
    let keys = driver.keys.of(service);
    let wanted = [keys.record.clone(), keys.alive.clone(), keys.part.clone()];
    let mut found = read(client, &wanted, LONGEST_PART).await?;
    Ok(Found {
        record: found.remove(&keys.record),
        alive: found.remove(&keys.alive),
        part: found.remove(&keys.part),
        keys,
    })
}

impl Found {
    fn recorded(&mut self, service: &ServiceIdentity) -> Result<Recorded, MembershipError> {
        let unknown = || MembershipError::unknown(&service.host, &service.binary, &[]);
        let stored = self.record.take().ok_or_else(unknown)?;
        Ok(Recorded { record: StoredRecord::read(&self.keys.record, &stored.text)?, stored })
    }

    /// Writes the key that expires.
    async fn show(&self, driver: &Driver, client: &mut Client, process: &str) -> Result<(), MemcachedError> {
        let expires = expiry(driver.down_time, now());
        write(client, &self.keys.alive, process, expires, self.alive.as_ref()).await
    }
}

fn now() -> Timestamp {
    SystemClock::new().now().wall
}
