use periodic_core::time::Timestamp;
use zookeeper_client::{Client, Error, MultiReadResult, Stat};

use super::errors::Failure;
use super::session::Session;
use crate::stored::{StoredRecord, names};
use crate::{Member, Sign};

/// How many records are asked for at once, so that an answer stays far below the megabyte that ZooKeeper allows.
const AT_ONCE: usize = 200;

pub(super) async fn members(session: &Session, client: &Client) -> Result<Vec<Member>, Failure> {
    // The server that is asked may be behind the others.
    client.sync(&session.root).await?;
    let mut found = match client.list_children(&session.root).await {
        Ok(found) => found,
        Err(Error::NoNode) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    // Nodes of others are not even asked for: their names may be as long as an answer may be.
    found.retain(|name| names(name).is_some());
    let mut members = Vec::with_capacity(found.len());
    for names in found.chunks(AT_ONCE) {
        members.extend(some(session, client, names).await?);
    }
    members.sort_by(|one, two| one.key().cmp(&two.key()));
    Ok(members)
}

/// The member whose record has this name.
pub(super) async fn member(
    session: &Session,
    client: &Client,
    name: &str,
) -> Result<Option<Member>, Failure> {
    Ok(some(session, client, &[name.to_owned()]).await?.pop())
}

/// Those of `found` that are records. Nodes of others are passed over.
async fn some(session: &Session, client: &Client, found: &[String]) -> Result<Vec<Member>, Failure> {
    let paths: Vec<String> = found.iter().map(|name| format!("{}/{name}", session.root)).collect();
    let mut reader = client.new_multi_reader();
    for path in &paths {
        reader.add_get_data(path)?;
        reader.add_get_children(path)?;
    }
    let mut read = reader.commit().await?.into_iter();
    let mut members = Vec::new();
    let mut processes = Vec::new();
    for (name, path) in found.iter().zip(&paths) {
        let (data, children) = (read.next(), read.next());
        let Some((service, host)) = names(name) else { continue };
        let (Some(MultiReadResult::Data { data, stat }), Some(MultiReadResult::Children { children })) =
            (data, children)
        else {
            continue;
        };
        let record = StoredRecord::read(path, &data)?;
        processes.extend(children.into_iter().map(|process| (members.len(), process, path)));
        members.push(Member {
            host,
            service,
            topic: record.topic,
            process: None,
            created_at: at(stat.ctime),
            last_seen: None,
            report_count: 0,
            forced_down: record.forced_down,
            sign: Sign::Absent,
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
    // In the order in which they came, so that the last one stays.
    shown.sort_by_key(|(.., stat)| stat.czxid);
    for (member, process, stat) in shown {
        let member = &mut members[member];
        member.process = process.parse().ok();
        member.last_seen = Some(at(stat.mtime));
        member.sign = Sign::Present;
    }
    Ok(members)
}

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_nanos(milliseconds.saturating_mul(1_000_000))
}
