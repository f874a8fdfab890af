use periodic_runtime::service::ServiceIdentity;

use crate::{Capabilities, Changes, Member, MembershipError, Process};

/// The interface of a [`ServiceGroup`](crate::ServiceGroup) to an engine.
///
/// A record is identified by its host and its service. Several processes may be members under one record, such as the
/// old and the new one during a restart: the member is alive while one of them is.
///
/// The driver bounds the time of each call. It connects again by itself after an outage of its store, and ends with its
/// last clone: none of its tasks survives it.
///
/// # Cancel safety
/// A dropped call may have taken effect, or may take effect later.
pub trait Membership: Send + Sync + 'static {
    /// Returns the abilities of the engine.
    fn capabilities(&self) -> Capabilities;

    /// Creates the service's record, or updates an existing one. If another process creates it meanwhile, it is read
    /// again and updated. Whether it is alive or forced down does not change.
    ///
    /// # Errors
    /// When the store cannot be reached, or refuses.
    fn record(
        &self,
        service: &ServiceIdentity,
    ) -> impl Future<Output = Result<Record, MembershipError>> + Send;

    /// Makes the process a member, alive immediately. Joining again is no error.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record; otherwise as [`record`](Self::record).
    fn join(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Reports that the process is alive, at the time of the engine's clock if it has one.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record;
    /// [`NotJoined`](crate::MembershipErrorKind::NotJoined) if this very process has left; otherwise as
    /// [`record`](Self::record).
    fn beat(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Ends the process's membership immediately. The record stays. Leaving without having joined is no error.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn leave(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Returns all members with a record, alive or not, sorted by service and then by host.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn members(&self) -> impl Future<Output = Result<Vec<Member>, MembershipError>> + Send;

    /// Sets whether a member counts as down regardless of its heartbeats.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record;
    /// [`NotOffered`](crate::MembershipErrorKind::NotOffered) if the engine does not offer it.
    fn force_down(
        &self,
        host: &str,
        service: &str,
        down: bool,
    ) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Returns another process that is a member under the same host and service, if the engine can detect it.
    ///
    /// A process that has died or left is not returned. The default returns `None`.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn duplicate(
        &self,
        service: &ServiceIdentity,
    ) -> impl Future<Output = Result<Option<Process>, MembershipError>> + Send {
        let _ = service;
        async { Ok(None) }
    }

    /// Reports the changes from now on. To miss none, start the watch first and read the members then.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn watch(&self) -> impl Future<Output = Result<Changes, MembershipError>> + Send;
}

/// The effect of [`Membership::record`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Record {
    /// The record is new.
    Created,
    /// The record existed.
    Updated,
}
