use periodic_runtime::service::ServiceIdentity;

use super::Client;
use super::call::BOUND;
use crate::conductor::wire::{self, path};
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, Process, Record, Watching,
};

impl Membership for Client {
    /// Returns the last reported abilities of the conductor's engine. Before the first [`ping`](Client::ping) no
    /// optional ability is claimed.
    fn capabilities(&self) -> Capabilities {
        self.place.can().unwrap_or(Capabilities {
            watch: Watching::Polled,
            force_down: false,
            durable: false,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        })
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let created = self.call(path::RECORD, &wire::Service::from(service), BOUND).await?;
        Ok(if created { Record::Created } else { Record::Updated })
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.call(path::JOIN, &wire::Service::from(service), BOUND).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.call(path::BEAT, &wire::Service::from(service), BOUND).await
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.call(path::LEAVE, &wire::Service::from(service), BOUND).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let members: Vec<wire::Member> = self.call(path::MEMBERS, &(), BOUND).await?;
        Ok(members.into_iter().map(Member::from).collect())
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let asked = wire::ForceDown { host: host.into(), service: service.into(), down };
        self.call(path::FORCE_DOWN, &asked, BOUND).await
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let other: Option<wire::Process> =
            self.call(path::DUPLICATE, &wire::Service::from(service), BOUND).await?;
        Ok(other.map(Process::from))
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        self.watched().await
    }
}
