use std::collections::BTreeSet;

use super::client::Client;
use super::errors::MemcachedError;
use super::keys::MemberKeys;
use super::store::{LONGEST_PART, LONGEST_RECORD, read};
use super::{Driver, index};
use crate::stored::{StoredRecord, name, names};
use crate::unreadable::Skipped;
use crate::{Member, Presence};

pub(super) async fn members(driver: &Driver, client: &mut Client) -> Result<Vec<Member>, MemcachedError> {
    let parts = read(client, &driver.keys.parts(), LONGEST_PART).await?;
    // Foreign lines are not even requested: they may be no keys.
    let listed: BTreeSet<String> =
        parts.values().flat_map(index::names).filter(|name| is_name(name)).collect();
    let all: Vec<MemberKeys> = listed.into_iter().map(|name| driver.keys.of_name(name)).collect();
    let wanted: Vec<String> = all.iter().flat_map(|keys| [keys.record.clone(), keys.alive.clone()]).collect();
    let found = read(client, &wanted, LONGEST_RECORD).await?;
    let (mut members, mut skipped) = (Vec::with_capacity(all.len()), Vec::new());
    for keys in all {
        // Members whose record was evicted are skipped.
        let (Some((service, host)), Some(record)) = (names(&keys.name), found.get(&keys.record)) else {
            continue;
        };
        let record = match StoredRecord::read(&keys.record, &record.text) {
            Ok(record) => record,
            Err(why) => {
                skipped.push(Skipped::new(&keys.record, why));
                continue;
            }
        };
        let alive = found.get(&keys.alive);
        members.push(Member {
            host,
            binary: service,
            topic: record.topic,
            process: alive.and_then(|process| std::str::from_utf8(&process.text).ok()?.parse().ok()),
            created_at: record.created_at.unwrap_or_default(),
            last_seen: record.last_seen,
            report_count: record.report_count,
            forced_down: false,
            presence: if alive.is_some() { Presence::Present } else { Presence::Absent },
        });
    }
    driver.unreadable.all(skipped);
    members.sort_by(|one, two| one.key().cmp(&two.key()));
    Ok(members)
}

/// Whether a line of the index is a name as the driver writes it.
fn is_name(line: &str) -> bool {
    names(line).is_some_and(|(service, host)| name(&service, &host) == line)
}
