use periodic_runtime::service::ServiceIdentity;

use super::{ZookeeperMembership, presence, read, record, watch};
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, Process, Record, Watching,
};

impl Membership for ZookeeperMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Pushed,
            force_down: true,
            durable: true,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: false,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let session = &self.0.session;
        session.with(|client| async move { record::record(session, &client, service).await }).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.departed.remove(service);
        let session = &self.0.session;
        session.with(|client| async move { presence::show(session, &client, service).await }).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.departed.refuse(service)?;
        let session = &self.0.session;
        session.with(|client| async move { presence::show(session, &client, service).await }).await?;
        // The process may have left during the heartbeat.
        if let Err(left) = self.0.departed.refuse(service) {
            session.with(|client| async move { presence::hide(session, &client, service).await }).await?;
            return Err(left);
        }
        Ok(())
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.departed.insert(service);
        let session = &self.0.session;
        session.with(|client| async move { presence::hide(session, &client, service).await }).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let driver = &self.0;
        driver.session.with(|client| async move { read::members(driver, &client).await }).await
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let session = &self.0.session;
        let forced = |client| async move { record::force_down(session, &client, host, service, down).await };
        session.with(forced).await
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let session = &self.0.session;
        session.with(|client| async move { presence::duplicate(session, &client, service).await }).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        watch::watch(self.clone()).await
    }
}
