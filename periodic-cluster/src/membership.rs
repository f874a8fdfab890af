use periodic_runtime::service::ServiceIdentity;

use crate::{Capabilities, Changes, Member, MembershipError};

/// What an engine does for a [`ServiceGroup`](crate::ServiceGroup).
///
/// A record is named by its host and its service. Several processes may be members under one record, as the old one
/// and the new one are during a restart: the member is alive while one of them is.
///
/// Each call ends within a bound of the driver's own. A driver connects again by itself after its store was away, and
/// ends with its last value: no task of it goes on by itself.
///
/// # Cancel safety
/// A call that is dropped may have taken effect, or may take effect later.
pub trait Membership: Send + Sync + 'static {
    /// What the engine can do.
    fn capabilities(&self) -> Capabilities;

    /// Creates the service's record, or updates it if there is one. Where another process creates it in between, it is
    /// read again and updated. Being alive or not, forced down or not, stays as it is.
    ///
    /// # Errors
    /// When the store cannot be reached, or refuses.
    fn record(
        &self,
        service: &ServiceIdentity,
    ) -> impl Future<Output = Result<Record, MembershipError>> + Send;

    /// Makes the process a member: it is alive at once. Joining again is no error.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record; otherwise as [`record`](Self::record).
    fn join(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Shows that the process is alive, at the time of the engine's clock where it has one.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record;
    /// [`NotJoined`](crate::MembershipErrorKind::NotJoined) if this very process has left; otherwise as
    /// [`record`](Self::record).
    fn beat(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Ends the process's membership, at once. The record stays. Leaving without having joined is no error.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn leave(&self, service: &ServiceIdentity) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// All that have a record, alive or not, sorted by service and then by host.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn members(&self) -> impl Future<Output = Result<Vec<Member>, MembershipError>> + Send;

    /// Says that a member counts as down whatever it shows, or no longer so.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record;
    /// [`NotOffered`](crate::MembershipErrorKind::NotOffered) where the engine has no such thing.
    fn force_down(
        &self,
        host: &str,
        service: &str,
        down: bool,
    ) -> impl Future<Output = Result<(), MembershipError>> + Send;

    /// Tells what changes from now on. To miss nothing, watch first and read the members then.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    fn watch(&self) -> impl Future<Output = Result<Changes, MembershipError>> + Send;
}

/// What [`Membership::record`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Record {
    /// There was none.
    Created,
    /// There was one.
    Updated,
}
