use zookeeper_client::{AddWatchMode, CreateMode, EventType, PersistentWatcher};

use super::{ZookeeperMembership, nodes, read};
use crate::stored::names;
use crate::watch::{Interruption, KnownMembers, Source, follow};
use crate::{Changes, Member, MemberChange, MembershipError, MembershipErrorKind};

pub(super) async fn watch(driver: ZookeeperMembership) -> Result<Changes, MembershipError> {
    let (watcher, members) = begin(&driver).await?;
    let watch = Watch { driver, watcher: Some(watcher), known: KnownMembers::new(members) };
    Ok(Changes::spawn(move |sender| follow(watch, sender)))
}

struct Watch {
    driver: ZookeeperMembership,
    /// `None` once it may have missed a change.
    watcher: Option<PersistentWatcher>,
    known: KnownMembers,
}

/// Starts the watch first and reads then, so that no change is missed.
async fn begin(driver: &ZookeeperMembership) -> Result<(PersistentWatcher, Vec<Member>), MembershipError> {
    let (driver, session) = (&driver.0, &driver.0.session);
    let begun = session.with(|client| async move {
        client.mkdir(&session.root, &CreateMode::Persistent.with_acls(session.owners())).await?;
        let watcher = client.watch(&session.root, AddWatchMode::PersistentRecursive).await?;
        Ok((watcher, read::members(driver, &client).await?))
    });
    begun.await
}

impl Source for Watch {
    async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
        let Some(watcher) = &mut self.watcher else {
            let (watcher, members) = begin(&self.driver).await?;
            self.watcher = Some(watcher);
            return Ok(self.known.read(members));
        };
        let event = watcher.changed().await;
        let session = &self.driver.0.session;
        if event.event_type == EventType::Session {
            // Even if the session continues, changes of the meantime are not reported.
            self.watcher = None;
            let text = format!("the watch lost its connection to ZooKeeper: {:?}", event.session_state);
            return Err(MembershipError::new(MembershipErrorKind::Unavailable, text).into());
        }
        let Some(name) = nodes::name_in(&session.root, &event.path) else { return Ok(Vec::new()) };
        let Some((service, host)) = names(name) else { return Ok(Vec::new()) };
        let driver = &self.driver.0;
        match session.with(|client| async move { read::member(driver, &client, name).await }).await {
            Ok(now) => Ok(self.known.see(&service, &host, now)),
            Err(error) => {
                self.watcher = None;
                Err(error.into())
            }
        }
    }
}
