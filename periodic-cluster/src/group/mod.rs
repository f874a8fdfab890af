//! The rules that hold for every engine.

mod duplicates;
mod fleet;
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

/// The services of a fleet: who there is, and who is up.
///
/// It is a [`Registry`](periodic_runtime::service::Registry), so `Service::builder(manager).registry(group)` makes a
/// service a member. Clones share the engine.
///
/// A member is up as [`is_up`] says. Should a member's record be lost while it runs, as when a store starts again
/// empty, its next heartbeat makes the record again.
///
/// Two processes that beat under one host and service are one member, which is seldom meant: each of them logs it once, as
/// a warning, within two down times. Nodes of a conductor do so, too.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::{ServiceGroup, ServiceIdentity};
/// use periodic_runtime::service::Registry;
///
/// let group = ServiceGroup::from_url("memory:").await?;
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
    driver: Arc<dyn AnyMembership>,
    down_time: Duration,
    duplicates: Arc<Duplicates>,
}

impl ServiceGroup {
    /// After how long without a heartbeat a member is down, unless it is said otherwise.
    pub const DOWN_TIME: Duration = Duration::from_secs(60);

    /// The members that `driver` keeps.
    pub fn new(driver: impl Membership) -> Self {
        let driver = Arc::new(Checked::new(driver));
        Self { driver, down_time: Self::DOWN_TIME, duplicates: Arc::default() }
    }

    /// [`connect`](Self::connect)s with the down time of 60 seconds.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn from_url(url: &str) -> Result<Self, MembershipError> {
        Self::connect(url, Self::DOWN_TIME).await
    }

    /// The members that `url` leads to. One that does not show itself for `down_time` is down.
    ///
    /// Use [`down_time`](periodic_runtime::service::down_time) to take it from a service's options. All nodes should
    /// use the same.
    ///
    /// # Errors
    /// When the URL cannot be read, its engine is not built in, or cannot be reached.
    pub async fn connect(url: &str, down_time: Duration) -> Result<Self, MembershipError> {
        let driver = connect(&url.parse()?, down_time).await?;
        Ok(Self { driver, down_time, duplicates: Arc::default() })
    }

    /// The same group, whose members are down after `down_time` without a heartbeat.
    ///
    /// Where the engine itself ends signs of life, it was told when it was connected, and this changes nothing.
    pub fn with_down_time(self, down_time: Duration) -> Self {
        Self { down_time, ..self }
    }

    /// After how long without a heartbeat a member is down.
    pub fn down_time(&self) -> Duration {
        self.down_time
    }

    /// What the engine can do.
    pub fn capabilities(&self) -> Capabilities {
        self.driver.capabilities()
    }

    /// Whether the member is up, as [`is_up`] says.
    pub fn is_up(&self, member: &Member) -> bool {
        is_up(member, self.down_time)
    }

    /// All that have a record, up or not, sorted by service and then by host.
    ///
    /// A record whose host, service or topic is no name is passed over, and named once in a warning.
    ///
    /// # Errors
    /// As [`Membership::members`].
    pub async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        self.driver.members().await
    }

    /// Whether this service of this host is up.
    ///
    /// # Errors
    /// [`Unknown`](crate::MembershipErrorKind::Unknown) without a record; otherwise as [`members`](Self::members).
    pub async fn is_up_of(&self, host: &str, service: &str) -> Result<bool, MembershipError> {
        Ok(self.is_up(&self.member(host, service).await?))
    }

    /// When this service of this host last showed itself, or else when its record was made.
    ///
    /// # Errors
    /// As [`is_up_of`](Self::is_up_of).
    pub async fn updated_at(&self, host: &str, service: &str) -> Result<Timestamp, MembershipError> {
        let member = self.member(host, service).await?;
        Ok(member.last_seen.unwrap_or(member.created_at))
    }

    /// Says that a service counts as down whatever it shows, or no longer so.
    ///
    /// # Errors
    /// As [`Membership::force_down`]; of an unknown one with the one that may have been meant.
    pub async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        match self.driver.force_down(host, service, down).await {
            Err(error) if error.kind() == MembershipErrorKind::Unknown => {
                // Where the members cannot be read, the error is as good as it was.
                let members = self.driver.members().await.unwrap_or_default();
                Err(MembershipError::unknown(host, service, &members))
            }
            end => end,
        }
    }

    /// Tells from now on who comes up ([`Joined`](crate::Change::Joined)), who goes down
    /// ([`Left`](crate::Change::Left)), and what else changes, heartbeats among it
    /// ([`Updated`](crate::Change::Updated)).
    ///
    /// A member that falls silent goes down at the moment its down time is over, or when the engine says so. To miss
    /// nothing, watch first and read the members then.
    ///
    /// # Errors
    /// As [`members`](Self::members).
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn watch(&self) -> Result<Changes, MembershipError> {
        watch::watch(Arc::clone(&self.driver), self.down_time).await
    }

    #[cfg(any(test, feature = "conductor"))]
    pub(crate) fn driver(&self) -> Arc<dyn AnyMembership> {
        Arc::clone(&self.driver)
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
