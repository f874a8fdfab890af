use std::collections::BTreeMap;

use etcd_client::Client;
use periodic_core::time::Timestamp;

use super::errors::EtcdError;
use super::keys::{About, about};
use super::pages::Pages;
use super::{Driver, EtcdMembership};
use crate::stored::{StoredRecord, names};
use crate::unreadable::Skipped;
use crate::{Member, MembershipError, Presence};

/// All keys under the prefix, as of one revision.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    root: String,
    pub(super) revision: i64,
    records: BTreeMap<String, StoredRecord>,
    /// By the record's name and the process's: the revision at which the process joined, and the time.
    alive: BTreeMap<String, BTreeMap<String, (i64, Option<Timestamp>)>>,
}

/// The subject of a key that was written.
#[derive(Default)]
pub(super) struct Put<'a> {
    /// The name of the record that the key belongs to.
    pub(super) name: Option<String>,
    /// The key of a record, and whether the record could be read.
    pub(super) record: Option<(&'a str, Result<(), MembershipError>)>,
}

impl EtcdMembership {
    pub(super) async fn fleet(&self) -> Result<Fleet, MembershipError> {
        self.0.servers.with_server(|client, _| async move { read(&self.0, &client).await }).await
    }
}

pub(super) async fn read(driver: &Driver, client: &Client) -> Result<Fleet, EtcdError> {
    let mut fleet = Fleet { root: driver.root.clone(), ..Fleet::default() };
    let mut pages = Pages::new(&driver.root, client);
    let mut skipped = Vec::new();
    while let Some(page) = pages.next().await? {
        for found in page.kvs() {
            if let Some((key, Err(why))) =
                fleet.put(found.key(), found.value(), found.create_revision()).record
            {
                skipped.push(Skipped::new(key, why));
            }
        }
    }
    fleet.revision = pages.revision;
    driver.unreadable.all(skipped);
    Ok(fleet)
}

impl Fleet {
    /// Applies a key that was written. Foreign keys are ignored; a record that cannot be read is removed.
    pub(super) fn put<'a>(&mut self, key: &'a [u8], value: &[u8], created: i64) -> Put<'a> {
        let Ok(key) = std::str::from_utf8(key) else { return Put::default() };
        let mut put = Put::default();
        let name = match about(&self.root, key) {
            Some(About::Record { name }) => {
                let read = StoredRecord::read(key, value);
                put.record = Some((key, read.as_ref().map(drop).map_err(Clone::clone)));
                match read {
                    Ok(record) => self.records.insert(name.to_owned(), record),
                    Err(_) => self.records.remove(name),
                };
                name
            }
            Some(About::Process { name, process }) => {
                let joined = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                let processes = self.alive.entry(name.to_owned()).or_default();
                processes.insert(process.to_owned(), (created, joined.map(Timestamp::from_nanos)));
                name
            }
            None => return put,
        };
        put.name = Some(name.to_owned());
        put
    }

    /// Applies a key that was deleted.
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
            binary: service,
            topic: record.topic.clone(),
            process: last.and_then(|(process, _)| process.parse().ok()),
            created_at: record.created_at.unwrap_or_default(),
            last_seen: last.and_then(|(_, (_, joined))| *joined),
            report_count: 0,
            forced_down: record.forced_down,
            presence: if last.is_some() { Presence::Present } else { Presence::Absent },
        })
    }
}
