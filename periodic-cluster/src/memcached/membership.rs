use periodic_runtime::service::ServiceIdentity;

use super::{MemcachedMembership, presence, read};
use crate::watch::Polled;
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, MembershipErrorKind, Process,
    Record, Watching,
};

impl Membership for MemcachedMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Polled,
            force_down: false,
            durable: false,
            clock: ClockSource::Engine,
            advisory: true,
            ends_silent: true,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let driver = &self.driver;
        let connections = &driver.connections;
        connections.with(async |mut client| presence::record(driver, &mut client, service).await).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.driver;
        driver.departed.remove(service);
        let connections = &driver.connections;
        connections.with(async |mut client| presence::join(driver, &mut client, service).await).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.driver;
        let connections = &driver.connections;
        connections.with(async |mut client| presence::beat(driver, &mut client, service).await).await?;
        // The process may have left during the heartbeat.
        if let Err(left) = driver.departed.refuse(service) {
            connections.with(async |mut client| presence::leave(driver, &mut client, service).await).await?;
            return Err(left);
        }
        Ok(())
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.driver;
        driver.departed.insert(service);
        let connections = &driver.connections;
        connections.with(async |mut client| presence::leave(driver, &mut client, service).await).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let driver = &self.driver;
        let connections = &driver.connections;
        connections.with(async |mut client| read::members(driver, &mut client).await).await
    }

    async fn force_down(&self, host: &str, service: &str, _: bool) -> Result<(), MembershipError> {
        let text = format!(
            "`{service}` on host `{host}` cannot be forced down in memcached, which may evict the record: use \
             an engine with lasting records"
        );
        Err(MembershipError::new(MembershipErrorKind::NotOffered, text))
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let driver = &self.driver;
        let connections = &driver.connections;
        connections.with(async |mut client| presence::duplicate(driver, &mut client, service).await).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        let read = || {
            let driver = self.clone();
            Polled::new(self.poll, move || {
                let driver = driver.clone();
                async move { driver.members().await }
            })
        };
        self.watches.watch(read).await
    }
}
