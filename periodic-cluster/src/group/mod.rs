//! The rules for every engine.

mod duplicates;
mod live_members;
mod registry;
mod up;
mod watch;

pub use up::is_up;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::time::Timestamp;

use self::duplicates::Duplicates;
use crate::any_membership::AnyMembership;
use crate::checked::Checked;
use crate::connect::connect;
use crate::{Capabilities, Changes, Member, Membership, MembershipError, MembershipErrorKind};

/// The services of a fleet, and whether each is up.
///
/// It is a [`Registry`](periodic_runtime::service::Registry), so `Service::builder(manager).registry(group)` makes a
/// service a member. Clones share the engine.
///
/// [`is_up`] decides whether a member is up. If a member's record is lost while it runs, such as after a restart of an
/// empty store, its next heartbeat creates the record again.
///
/// Two processes that beat under one host and service are one member, which is seldom intended. Each of them logs one
/// warning within two down times; so do nodes of a conductor.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::{ServiceGroup, ServiceIdentity};
/// use periodic_runtime::service::Registry;
///
/// let group = ServiceGroup::connect("memory:").await?;
/// let service = ServiceIdentity::new("node-1", "nova-compute");
/// Registry::record(&group, &service).await?;
/// group.join(&service).await?;
/// assert!(group.is_up_of("node-1", "nova-compute").await?);
///
/// group.force_down("node-1", "nova-compute", true).await?;
/// assert!(!group.is_up_of("node-1", "nova-compute").await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ServiceGroup {
    engine: Arc<dyn AnyMembership>,
    down_time: Duration,
    duplicates: Arc<Duplicates>,
}

impl ServiceGroup {
    /// The default of the down time: the time without a heartbeat after which a member is down.
    pub const DOWN_TIME: Duration = Duration::from_secs(60);

    /// Creates the group of the members that `engine` keeps. A member without a sign of life for `down_time` is down.
    ///
    /// An engine whose signs of life expire by themselves has its own time, set when it was connected.
    pub fn new(engine: impl Membership, down_time: Duration) -> Self {
        let engine = Arc::new(Checked::new(engine));
        Self { engine, down_time, duplicates: Arc::default() }
    }

    /// Connects to the engine of `url`, with a down time of 60 seconds.
    ///
    /// # Errors
    /// As [`connect_with`](Self::connect_with).
    pub async fn connect(url: &str) -> Result<Self, MembershipError> {
        Self::connect_with(url, Self::DOWN_TIME).await
    }

    /// Connects to the engine of `url`. A member without a sign of life for `down_time` is down.
    ///
    /// Use [`down_time`](periodic_runtime::service::down_time) to take `down_time` from a service's options. All nodes
    /// should use the same.
    ///
    /// # Errors
    /// When the URL cannot be read, or when its engine is not built in or cannot be reached.
    pub async fn connect_with(url: &str, down_time: Duration) -> Result<Self, MembershipError> {
        let engine = connect(&url.parse()?, down_time).await?;
        Ok(Self { engine, down_time, duplicates: Arc::default() })
    }

    /// Returns the time without a heartbeat after which a member is down.
    pub fn down_time(&self) -> Duration {
        self.down_time
    }

    /// Returns the abilities of the engine.
    pub fn capabilities(&self) -> Capabilities {
        self.engine.capabilities()
    }

    /// Whether the member is up by the rules of [`is_up`].
    pub fn is_up(&self, member: &Member) -> bool {
        is_up(member, self.down_time)
    }

    /// Returns all members with a record, up or not, sorted by service and then by host.
    ///
    /// Skips a record whose host, service or topic is no name, and logs one warning about it.
    ///
    /// # Errors
    /// As [`Membership::members`].
    pub async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        self.engine.members().await
    }

    /// Whether this service of this host is up.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record; otherwise as [`members`](Self::members).
    pub async fn is_up_of(&self, host: &str, service: &str) -> Result<bool, MembershipError> {
        Ok(self.is_up(&self.member(host, service).await?))
    }

    /// Returns the time of this service's last sign of life on this host, or else of its record's creation.
    ///
    /// # Errors
    /// As [`is_up_of`](Self::is_up_of).
    pub async fn updated_at(&self, host: &str, service: &str) -> Result<Timestamp, MembershipError> {
        let member = self.member(host, service).await?;
        Ok(member.last_seen.unwrap_or(member.created_at))
    }

    /// Sets whether a service counts as down regardless of its signs of life.
    ///
    /// # Errors
    /// As [`Membership::force_down`]. For an unknown service the error suggests the nearest name.
    pub async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        match self.engine.force_down(host, service, down).await {
            Err(error) if error.kind() == MembershipErrorKind::Unknown => {
                // If the members cannot be read, the error has no suggestion.
                let members = self.engine.members().await.unwrap_or_default();
                Err(MembershipError::unknown(host, service, &members))
            }
            end => end,
        }
    }

    /// Returns the changes from now on: members that come up ([`Joined`](crate::MemberChange::Joined)) or go down
    /// ([`Left`](crate::MemberChange::Left)), and all others, such as heartbeats ([`Updated`](crate::MemberChange::Updated)).
    ///
    /// A silent member goes down when its down time is over, or when the engine reports it. To miss no change, watch
    /// first and then read the members.
    ///
    /// # Errors
    /// As [`members`](Self::members).
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn watch(&self) -> Result<Changes, MembershipError> {
        watch::watch(Arc::clone(&self.engine), self.down_time).await
    }

    #[cfg(any(test, feature = "conductor"))]
    pub(crate) fn engine(&self) -> Arc<dyn AnyMembership> {
        Arc::clone(&self.engine)
    }

    async fn member(&self, host: &str, service: &str) -> Result<Member, MembershipError> {
        let members = self.members().await?;
        match members.iter().find(|member| member.key() == (service, host)) {
            Some(member) => Ok(member.clone()),
            None => Err(MembershipError::unknown(host, service, &members)),
        }
    }
}

impl fmt::Debug for ServiceGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceGroup")
            .field("capabilities", &self.capabilities())
            .field("down_time", &self.down_time)
            .finish_non_exhaustive()
    }
}
