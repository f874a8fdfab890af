use periodic_runtime::service::ServiceIdentity;

use super::{EtcdMembership, keys, presence, record, watch};
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, Process, Record, Watching,
};

impl Membership for EtcdMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Pushed,
            force_down: true,
            durable: true,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let driver = &self.0;
        driver.servers.with(|client| async move { record::record(&driver.root, client, service).await }).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.0;
        driver.departed.remove(service);
        driver.servers.with(|client| async move { presence::show(driver, client, service).await }).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.0;
        driver.departed.refuse(service)?;
        driver.servers.with(|client| async move { presence::show(driver, client, service).await }).await?;
        // The process may have left during the heartbeat.
        if let Err(left) = driver.departed.refuse(service) {
            driver
                .servers
                .with(|client| async move { presence::hide(driver, client, service).await })
                .await?;
            return Err(left);
        }
        Ok(())
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let driver = &self.0;
        driver.departed.insert(service);
        driver.servers.with(|client| async move { presence::hide(driver, client, service).await }).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        Ok(self.fleet().await?.members())
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let key = &keys::record(&self.0.root, host, service);
        let forced = self.0.servers.with(|mut client| async move {
            record::update(&mut client, key, |record| record.forced_down = down).await
        });
        if forced.await? {
            return Ok(());
        }
        Err(MembershipError::unknown(host, service, &[]))
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let driver = &self.0;
        driver.servers.with(|client| async move { presence::duplicate(driver, client, service).await }).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        watch::watch(self.clone()).await
    }
}
