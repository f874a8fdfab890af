use periodic_runtime::boxed::Boxed;
use periodic_runtime::service::ServiceIdentity;

use crate::{Capabilities, Changes, Member, Membership, MembershipError, Process, Record};

/// A [`Membership`] of whatever type.
pub(crate) trait AnyMembership: Send + Sync {
    fn capabilities(&self) -> Capabilities;
    fn record<'a>(&'a self, service: &'a ServiceIdentity) -> Boxed<'a, Result<Record, MembershipError>>;
    fn ask<'a>(&'a self, ask: Ask, service: &'a ServiceIdentity) -> Boxed<'a, Result<(), MembershipError>>;
    fn members(&self) -> Boxed<'_, Result<Vec<Member>, MembershipError>>;
    fn force_down<'a>(
        &'a self,
        host: &'a str,
        service: &'a str,
        down: bool,
    ) -> Boxed<'a, Result<(), MembershipError>>;
    fn duplicate<'a>(
        &'a self,
        service: &'a ServiceIdentity,
    ) -> Boxed<'a, Result<Option<Process>, MembershipError>>;
    fn watch(&self) -> Boxed<'_, Result<Changes, MembershipError>>;
}

/// A call about a process's own membership.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    Join,
    Beat,
    Leave,
}

impl<D: Membership> AnyMembership for D {
    fn capabilities(&self) -> Capabilities {
        self.capabilities()
    }

    fn record<'a>(&'a self, service: &'a ServiceIdentity) -> Boxed<'a, Result<Record, MembershipError>> {
        Box::pin(self.record(service))
    }

    fn ask<'a>(&'a self, ask: Ask, service: &'a ServiceIdentity) -> Boxed<'a, Result<(), MembershipError>> {
        match ask {
            Ask::Join => Box::pin(self.join(service)),
            Ask::Beat => Box::pin(self.beat(service)),
            Ask::Leave => Box::pin(self.leave(service)),
        }
    }

    fn members(&self) -> Boxed<'_, Result<Vec<Member>, MembershipError>> {
        Box::pin(self.members())
    }

    fn force_down<'a>(
        &'a self,
        host: &'a str,
        service: &'a str,
        down: bool,
    ) -> Boxed<'a, Result<(), MembershipError>> {
        Box::pin(self.force_down(host, service, down))
    }

    fn duplicate<'a>(
        &'a self,
        service: &'a ServiceIdentity,
    ) -> Boxed<'a, Result<Option<Process>, MembershipError>> {
        Box::pin(self.duplicate(service))
    }

    fn watch(&self) -> Boxed<'_, Result<Changes, MembershipError>> {
        Box::pin(self.watch())
    }
}
