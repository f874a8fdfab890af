use periodic_runtime::service::ServiceIdentity;

use super::{SqliteMembership, sql};
use crate::watch::Polled;
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, Process, Record, Watching,
};

impl Membership for SqliteMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Polled,
            force_down: true,
            durable: true,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let service = service.clone();
        self.with(move |connection| sql::record(connection, &service)).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let service = service.clone();
        self.with(move |connection| sql::join(connection, &service)).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let service = service.clone();
        self.with(move |connection| sql::beat(connection, &service)).await
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let service = service.clone();
        self.with(move |connection| sql::leave(connection, &service)).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let begun = self.readings.begin();
        let found = self.with(|connection| sql::members(connection)).await?;
        Ok(self.readings.end(begun, found))
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let (host, service) = (host.to_owned(), service.to_owned());
        self.with(move |connection| sql::force_down(connection, &host, &service, down)).await
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let service = service.clone();
        self.with(move |connection| sql::duplicate(connection, &service)).await
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
