use std::collections::BTreeSet;

use etcd_client::{EventType, WatchOptions, WatchResponse, WatchStream};

use super::EtcdMembership;
use super::fleet::{self, Fleet};
use crate::stored::names;
use crate::watch::{Known, Source, follow};
use crate::{Change, Changes, MembershipError};

pub(super) async fn watch(driver: EtcdMembership) -> Result<Changes, MembershipError> {
    let (stream, fleet) = begin(&driver).await?;
    let known = Known::new(fleet.members());
    let watch = Watch { driver, stream: Some(stream), fleet, known };
    Ok(Changes::spawn(move |sender| follow(watch, sender)))
}

struct Watch {
    driver: EtcdMembership,
    /// `None` once it has ended.
    stream: Option<WatchStream>,
    fleet: Fleet,
    known: Known,
}

/// Reads first, and watches from the next revision on, so that nothing falls in between.
async fn begin(driver: &EtcdMembership) -> Result<(WatchStream, Fleet), MembershipError> {
    let root = &driver.0.root;
    let begun = driver.0.servers.with(|mut client| async move {
        let fleet = fleet::read(root, &client).await?;
        let options = WatchOptions::new().with_prefix().with_start_revision(fleet.revision + 1);
        Ok((client.watch(format!("{root}/"), Some(options)).await?, fleet))
    });
    begun.await
}

impl Source for Watch {
    async fn next(&mut self) -> Result<Vec<Change>, MembershipError> {
        let Some(stream) = &mut self.stream else {
            let (stream, fleet) = begin(&self.driver).await?;
            (self.stream, self.fleet) = (Some(stream), fleet);
            return Ok(self.known.read(self.fleet.members()));
        };
        match stream.message().await {
            // Not when its revision was compacted away either: what is read anew is not older.
            Ok(Some(told)) if !told.canceled() => self.take(&told),
            ended => {
                tracing::debug!(?ended, "the watch of etcd begins again");
                self.stream = None;
                Ok(Vec::new())
            }
        }
    }
}

impl Watch {
    fn take(&mut self, told: &WatchResponse) -> Result<Vec<Change>, MembershipError> {
        let mut touched = BTreeSet::new();
        for event in told.events() {
            let Some(found) = event.kv() else { continue };
            let name = match event.event_type() {
                EventType::Delete => self.fleet.delete(found.key()),
                EventType::Put => self.fleet.put(found.key(), found.value(), found.create_revision())?,
            };
            touched.extend(name);
        }
        let mut changes = Vec::new();
        for name in touched {
            if let Some((service, host)) = names(&name) {
                changes.extend(self.known.see(&service, &host, self.fleet.member(&name)));
            }
        }
        Ok(changes)
    }
}
