use std::collections::BTreeSet;

use etcd_client::{EventType, WatchOptions, WatchResponse, WatchStream};

use super::EtcdMembership;
use super::errors::EtcdError;
use super::fleet::{self, Fleet};
use super::servers::answer;
use super::silence;
use crate::caught::catch_subscriber;
use crate::stored::names;
use crate::watch::{Interruption, KnownMembers, Source, follow};
use crate::{Changes, MemberChange, MembershipError};

pub(super) async fn watch(driver: EtcdMembership) -> Result<Changes, MembershipError> {
    let (told, fleet) = begin(&driver).await?;
    let known = KnownMembers::new(fleet.members());
    let watch = Watch { driver, told: Some(told), fleet, known };
    Ok(Changes::spawn(move |sender| follow(watch, sender)))
}

struct Watch {
    driver: EtcdMembership,
    /// `None` once it has ended.
    told: Option<Told>,
    fleet: Fleet,
    known: KnownMembers,
}

/// A stream of a server's messages.
struct Told {
    stream: WatchStream,
    /// The place of the server in the list of addresses.
    place: usize,
}

/// Reads first, and watches from the next revision on, so that no change is missed.
async fn begin(driver: &EtcdMembership) -> Result<(Told, Fleet), MembershipError> {
    let (root, servers) = (&driver.0.root, &driver.0.servers);
    let begun = servers.with_server(|mut client, place| async move {
        let fleet = fleet::read(&driver.0, &client).await?;
        let options = WatchOptions::new().with_prefix().with_start_revision(fleet.revision + 1);
        let stream = answer(client.watch(format!("{root}/"), Some(options))).await?;
        Ok::<_, EtcdError>((Told { stream, place }, fleet))
    });
    begun.await
}

impl Source for Watch {
    async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
        let Some(told) = &mut self.told else {
            let (told, fleet) = begin(&self.driver).await?;
            (self.told, self.fleet) = (Some(told), fleet);
            return Ok(self.known.read(self.fleet.members()));
        };
        let news = silence::next(&mut told.stream).await;
        match news {
            // A cancelled watch is also one whose revision was compacted away: a new reading is not older.
            Some(Ok(Some(news))) if !news.canceled() => return Ok(self.take(&news)),
            Some(ended) => {
                catch_subscriber(|| tracing::debug!(?ended, "the watch of etcd ended and begins again"));
            }
            None => {
                catch_subscriber(|| {
                    tracing::debug!("the server of a watch of etcd is silent; the next is tried");
                });
                self.driver.0.servers.leave_server(told.place).await;
            }
        }
        self.told = None;
        Ok(Vec::new())
    }
}

impl Watch {
    fn take(&mut self, news: &WatchResponse) -> Vec<MemberChange> {
        let mut touched = BTreeSet::new();
        for event in news.events() {
            let Some(found) = event.kv() else { continue };
            touched.extend(match event.event_type() {
                EventType::Delete => self.fleet.delete(found.key()),
                EventType::Put => {
                    let put = self.fleet.put(found.key(), found.value(), found.create_revision());
                    if let Some((key, read)) = put.record {
                        self.driver.0.unreadable.one(key, read);
                    }
                    put.name
                }
            });
        }
        let mut changes = Vec::new();
        for name in touched {
            if let Some((service, host)) = names(&name) {
                changes.extend(self.known.see(&service, &host, self.fleet.member(&name)));
            }
        }
        changes
    }
}
