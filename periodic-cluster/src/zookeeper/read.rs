use periodic_core::time::Timestamp;
use zookeeper_client::{Client, Error, MultiReadResult, Stat};

use super::Driver;
use super::errors::ZookeeperError;
use super::session::Session;
use crate::stored::{StoredRecord, names};
use crate::unreadable::Skipped;
use crate::{Member, MembershipError, Presence};

/// The most records of one request, so that an answer stays far below the megabyte that ZooKeeper allows.
const AT_ONCE: usize = 200;

pub(super) async fn members(driver: &Driver, client: &Client) -> Result<Vec<Member>, ZookeeperError> {
    let session = &driver.session;
    // This server may be behind the others.
    client.sync(&session.root).await?;
    let mut found = match client.list_children(&session.root).await {
        Ok(found) => found,
        Err(Error::NoNode) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    // Foreign nodes are not even requested: their names may be as long as an answer may be.
    found.retain(|name| names(name).is_some());
    let (mut members, mut skipped) = (Vec::with_capacity(found.len()), Vec::new());
    for names in found.chunks(AT_ONCE) {
        let part = part(session, client, names).await?;
        members.extend(part.members);
        skipped.extend(part.unreadable.into_iter().map(|(path, why)| Skipped::new(&path, why)));
    }
    driver.unreadable.all(skipped);
    members.sort_by(|one, two| one.key().cmp(&two.key()));
    Ok(members)
}

/// Returns the member whose record has this name.
pub(super) async fn member(
    driver: &Driver,
    client: &Client,
    name: &str,
) -> Result<Option<Member>, ZookeeperError> {
    let mut part = part(&driver.session, client, &[name.to_owned()]).await?;
    let path = format!("{}/{name}", driver.session.root);
    let read = part.unreadable.pop().map_or(Ok(()), |(_, why)| Err(why));
    Ok(driver.unreadable.one(&path, read).and_then(|()| part.members.pop()))
}

/// Some of the nodes below the root.
#[derive(Default)]
struct Part {
    members: Vec<Member>,
    /// Their paths, and the errors.
    unreadable: Vec<(String, MembershipError)>,
}

/// Reads the nodes of `found` that are records. Foreign nodes are skipped.
async fn part(session: &Session, client: &Client, found: &[String]) -> Result<Part, ZookeeperError> {
    let paths: Vec<String> = found.iter().map(|name| format!("{}/{name}", session.root)).collect();
    let mut reader = client.new_multi_reader();
    for path in &paths {
        reader.add_get_data(path)?;
        reader.add_get_children(path)?;
    }
    let mut read = reader.commit().await?.into_iter();
    let (mut members, mut unreadable) = (Vec::new(), Vec::new());
    let mut processes = Vec::new();
    for (name, path) in found.iter().zip(&paths) {
        let (data, children) = (read.next(), read.next());
        let Some((service, host)) = names(name) else { continue };
        let (Some(MultiReadResult::Data { data, stat }), Some(MultiReadResult::Children { children })) =
            (data, children)
        else {
            continue;
        };
        let record = match StoredRecord::read(path, &data) {
            Ok(record) => record,
            Err(why) => {
                unreadable.push((path.clone(), why));
                continue;
            }
        };
        processes.extend(children.into_iter().map(|process| (members.len(), process, path)));
        members.push(Member {
            host,
            binary: service,
            topic: record.topic,
            process: None,
            created_at: at(stat.ctime),
            last_seen: None,
            report_count: 0,
            forced_down: record.forced_down,
            presence: Presence::Absent,
        });
    }
    let mut shown: Vec<(usize, String, Stat)> = Vec::new();
    for processes in processes.chunks(AT_ONCE) {
        let mut reader = client.new_multi_reader();
        for (_, process, path) in processes {
            reader.add_get_data(&format!("{path}/{process}"))?;
        }
        for ((member, process, _), read) in processes.iter().zip(reader.commit().await?) {
            if let MultiReadResult::Data { stat, .. } = read {
                shown.push((*member, process.clone(), stat));
            }
        }
    }
    // In the order of their creation, so that the last one stays.
    shown.sort_by_key(|(.., stat)| stat.czxid);
    for (member, process, stat) in shown {
        let member = &mut members[member];
        member.process = process.parse().ok();
        member.last_seen = Some(at(stat.mtime));
        member.presence = Presence::Present;
    }
    Ok(Part { members, unreadable })
}

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_nanos(milliseconds.saturating_mul(1_000_000))
}
