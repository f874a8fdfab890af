//! The engine behind a conductor.

use periodic_runtime::service::ServiceIdentity;

use super::*;
use crate::{Capabilities, Changes, Member, Membership, MembershipError, Record};

/// Keeps its members up while its own session lasts, as ZooKeeper does.
struct OfSessions(MemoryMembership);

impl Membership for OfSessions {
    fn capabilities(&self) -> Capabilities {
        Capabilities { ends_silent: false, ..self.0.capabilities() }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        self.0.record(service).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.join(service).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.beat(service).await
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.0.leave(service).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        self.0.members().await
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        self.0.force_down(host, service, down).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        self.0.watch().await
    }
}

#[tokio::test]
async fn an_engine_that_keeps_silent_members_up_is_refused() {
    let group = ServiceGroup::new(OfSessions(MemoryMembership::new()));
    let refused = Server::new(&group, OPERATOR).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::InvalidInput);
    let text = refused.to_string();
    assert!(
        text.contains("expected an engine that ends members whose heartbeats stop")
            && text.ends_with("keep the group in PostgreSQL, etcd or SQLite"),
        "{text}"
    );
}
