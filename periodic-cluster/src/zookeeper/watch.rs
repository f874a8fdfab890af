use std::sync::Arc;

use super::client::{Changed, News};
use super::{ZookeeperMembership, read};
use crate::stored::names;
use crate::watch::{Interruption, KnownMembers, Source, follow};
use crate::{Changes, Member, MemberChange, MembershipError, MembershipErrorKind};

pub(super) async fn watch(driver: ZookeeperMembership) -> Result<Changes, MembershipError> {
    let (changed, members) = begin(&driver).await?;
    let watch = Watch { driver, changed: Some(changed), known: KnownMembers::new(members) };
    Ok(Changes::spawn(move |sender| follow(watch, sender)))
}

struct Watch {
    driver: ZookeeperMembership,
    /// `None` once it may have missed a change.
    changed: Option<Arc<Changed>>,
    known: KnownMembers,
}

/// Starts the watch first and reads then, so that no change is missed.
async fn begin(driver: &ZookeeperMembership) -> Result<(Arc<Changed>, Vec<Member>), MembershipError> {
    let (driver, session) = (&driver.0, &driver.0.session);
    let begun = session.with(|client| async move {
        client.create_all(&session.root, session.owners()).await?;
        let changed = client.watch(&session.root).await?;
        Ok((changed, read::members(driver, &client).await?))
    });
    begun.await
}

impl Source for Watch {
    async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
        let Some(changed) = &self.changed else {
            let (changed, members) = begin(&self.driver).await?;
            self.changed = Some(changed);
            return Ok(self.known.read(members));
        };
        let news = changed.next().await;
        let read = match news {
            News::Name(name) => self.read(&name).await,
            News::All => self.read_all().await,
            News::Lost => {
                // Even if the session continues, changes of the meantime are not reported.
                let text = "the watch has lost its connection to ZooKeeper";
                Err(MembershipError::new(MembershipErrorKind::Unavailable, text))
            }
        };
        if read.is_err() {
            self.changed = None;
        }
        Ok(read?)
    }
}

impl Watch {
    /// Reads the member whose record has this name.
    async fn read(&mut self, name: &str) -> Result<Vec<MemberChange>, MembershipError> {
        let Some((service, host)) = names(name) else { return Ok(Vec::new()) };
        let driver = &self.driver.0;
        let read = driver.session.with(|client| async move { read::member(driver, &client, name).await });
        Ok(self.known.see(&service, &host, read.await?))
    }

    async fn read_all(&mut self) -> Result<Vec<MemberChange>, MembershipError> {
        let driver = &self.driver.0;
        let read = driver.session.with(|client| async move { read::members(driver, &client).await });
        Ok(self.known.read(read.await?))
    }
}
