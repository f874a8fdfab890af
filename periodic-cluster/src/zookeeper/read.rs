use periodic_core::time::Timestamp;

use super::Driver;
use super::client::{Client, Error, Read, Stat};
use super::errors::ZookeeperError;
use super::session::Session;
use crate::stored::{StoredRecord, names};
use crate::unreadable::Skipped;
use crate::{Member, MembershipError, MembershipErrorKind, Presence};

/// The most records of one request, so that an answer stays far below the megabyte that ZooKeeper allows.
const AT_ONCE: usize = 200;
/// The longest name of a process's node that is read. Another program may have given it any name.
const LONGEST_PROCESS: usize = 255;

pub(super) async fn members(driver: &Driver, client: &Client) -> Result<Vec<Member>, ZookeeperError> {
    let session = &driver.session;
    // This server may be behind the others.
    client.sync(&session.root).await?;
    let mut found = match client.children(&session.root).await {
        Ok(found) => found,
        Err(Error::NoNode) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    // Foreign nodes are not even requested: their names may be as long as an answer may be.
    found.retain(|name| names(name).is_some());
    let Part { mut members, unreadable } = parts(session, client, &found).await?;
    driver.unreadable.all(unreadable.into_iter().map(|(path, why)| Skipped::new(&path, why)).collect());
    members.sort_by(|one, two| one.key().cmp(&two.key()));
    Ok(members)
}

/// Returns the member whose record has this name.
pub(super) async fn member(
    driver: &Driver,
    client: &Client,
    name: &str,
) -> Result<Option<Member>, ZookeeperError> {
    let mut part = parts(&driver.session, client, &[name.to_owned()]).await?;
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

/// Reads the nodes of `found` that are records. An answer that would be too long is requested in halves.
async fn parts(session: &Session, client: &Client, found: &[String]) -> Result<Part, ZookeeperError> {
    let mut all = Part::default();
    let mut waiting: Vec<&[String]> = found.chunks(AT_ONCE).rev().collect();
    while let Some(names) = waiting.pop() {
        match (part(session, client, names).await, names) {
            (Ok(part), _) => {
                all.members.extend(part.members);
                all.unreadable.extend(part.unreadable);
            }
            (Err(ZookeeperError::Zookeeper(why @ Error::TooLong(_))), [name]) => {
                let text = "its nodes are too large for a member";
                let error = MembershipError::new(MembershipErrorKind::Store, format!("{text}: {why}"));
                all.unreadable.push((format!("{}/{name}", session.root), error));
            }
            (Err(ZookeeperError::Zookeeper(Error::TooLong(_))), _) => {
                let (first, second) = names.split_at(names.len() / 2);
                waiting.extend([second, first]);
            }
            (Err(failure), _) => return Err(failure),
        }
    }
    Ok(all)
}

/// Reads the nodes of `found` that are records. Foreign nodes are skipped.
async fn part(session: &Session, client: &Client, found: &[String]) -> Result<Part, ZookeeperError> {
    let paths: Vec<String> = found.iter().map(|name| format!("{}/{name}", session.root)).collect();
    let mut read = client.read(&paths, true).await?.into_iter();
    let mut part = Part::default();
    let mut processes = Vec::new();
    for (name, path) in found.iter().zip(paths) {
        let (data, children) = (read.next(), read.next());
        let Some((service, host)) = names(name) else { continue };
        let (Some(Read::Data(data, stat)), Some(Read::Children(children))) = (data, children) else {
            continue;
        };
        let record = match StoredRecord::read(&path, &data) {
            Ok(record) => record,
            Err(why) => {
                part.unreadable.push((path, why));
                continue;
            }
        };
        let children = children.into_iter().filter(|process| process.len() <= LONGEST_PROCESS);
        let member = part.members.len();
        processes.extend(children.map(|process| (member, format!("{path}/{process}"))));
        part.members.push(Member {
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
    show(client, &mut part.members, processes).await?;
    Ok(part)
}

/// Reads the nodes of processes, each with its place among the members, and shows the members as present.
async fn show(
    client: &Client,
    members: &mut [Member],
    processes: Vec<(usize, String)>,
) -> Result<(), ZookeeperError> {
    let (places, paths): (Vec<usize>, Vec<String>) = processes.into_iter().unzip();
    let mut shown: Vec<(usize, &str, Stat)> = Vec::new();
    for (places, paths) in places.chunks(AT_ONCE).zip(paths.chunks(AT_ONCE)) {
        for ((place, path), read) in places.iter().zip(paths).zip(client.read(paths, false).await?) {
            if let Read::Data(_, stat) = read {
                let process = path.rsplit_once('/').map_or("", |(_, process)| process);
                shown.push((*place, process, stat));
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
    Ok(())
}

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_nanos(milliseconds.saturating_mul(1_000_000))
}
