use std::collections::BTreeMap;

use etcd_client::{Client, GetOptions};
use periodic_core::time::Timestamp;

use super::EtcdMembership;
use super::errors::Failure;
use super::keys::{About, about};
use crate::stored::{StoredRecord, names};
use crate::{Member, MembershipError, Sign};

/// The largest answer that is read, of all members: more than etcd's own limit for a write, less than harm.
const LARGEST: usize = 64 << 20;

/// All keys under the prefix, as of one revision.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    root: String,
    pub(super) revision: i64,
    records: BTreeMap<String, StoredRecord>,
    /// Under the record's name and that of the process: the revision at which it joined, and when.
    alive: BTreeMap<String, BTreeMap<String, (i64, Option<Timestamp>)>>,
}

impl EtcdMembership {
    pub(super) async fn fleet(&self) -> Result<Fleet, MembershipError> {
        self.0.servers.with(|client| async move { read(&self.0.root, &client).await }).await
    }
}

pub(super) async fn read(root: &str, client: &Client) -> Result<Fleet, Failure> {
    let mut store = client.kv_client().max_decoding_message_size(LARGEST);
    let all = store.get(format!("{root}/"), Some(GetOptions::new().with_prefix())).await?;
    let revision = all.header().map_or(0, etcd_client::ResponseHeader::revision);
    let mut fleet = Fleet { root: root.to_owned(), revision, ..Fleet::default() };
    for found in all.kvs() {
        fleet.put(found.key(), found.value(), found.create_revision())?;
    }
    Ok(fleet)
}

impl Fleet {
    /// Takes in a key that was written, and says whose record it touches. Keys of others are passed over.
    pub(super) fn put(
        &mut self,
        key: &[u8],
        value: &[u8],
        created: i64,
    ) -> Result<Option<String>, MembershipError> {
        let Ok(key) = std::str::from_utf8(key) else { return Ok(None) };
        let name = match about(&self.root, key) {
            Some(About::Record { name }) => {
                self.records.insert(name.to_owned(), StoredRecord::read(key, value)?);
                name
            }
            Some(About::Process { name, process }) => {
                let joined = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                let processes = self.alive.entry(name.to_owned()).or_default();
                processes.insert(process.to_owned(), (created, joined.map(Timestamp::from_nanos)));
                name
            }
            None => return Ok(None),
        };
        Ok(Some(name.to_owned()))
    }

    /// The same for a key that was taken away.
    pub(super) fn delete(&mut self, key: &[u8]) -> Option<String> {
        let name = match about(&self.root, std::str::from_utf8(key).ok()?)? {
            About::Record { name } => {
                self.records.remove(name);
                name
            }
            About::Process { name, process } => {
                if let Some(processes) = self.alive.get_mut(name) {
                    processes.remove(process);
                    if processes.is_empty() {
                        self.alive.remove(name);
                    }
                }
                name
            }
        };
        Some(name.to_owned())
    }

    pub(super) fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = self.records.keys().filter_map(|name| self.member(name)).collect();
        members.sort_by(|one, two| one.key().cmp(&two.key()));
        members
    }

    pub(super) fn member(&self, name: &str) -> Option<Member> {
        let record = self.records.get(name)?;
        let (service, host) = names(name)?;
        let processes = self.alive.get(name).into_iter().flatten();
        let last = processes.max_by_key(|(_, (revision, _))| *revision);
        Some(Member {
            host,
            service,
            topic: record.topic.clone(),
            process: last.and_then(|(process, _)| process.parse().ok()),
            created_at: record.created_at.unwrap_or_default(),
            last_seen: last.and_then(|(_, (_, joined))| *joined),
            report_count: 0,
            forced_down: record.forced_down,
            sign: if last.is_some() { Sign::Present } else { Sign::Absent },
        })
    }
}
