//! Members by way of memcached.

mod connections;
mod errors;
mod expiry;
mod index;
mod keys;
mod membership;
mod presence;
mod read;
mod store;

use std::sync::Arc;
use std::time::Duration;

use self::connections::Connections;
use self::keys::Keys;
use crate::stored::Departed;
use crate::unreadable::Unreadable;
use crate::watch::Shared;
use crate::{MembershipError, MembershipUrl};

/// Members by way of one memcached, 1.6 or later: `memcached://host:11211/prefix`.
///
/// **What it says is advice.** Memcached is a cache: started again or flushed it has forgotten everybody, and where its
/// memory is full it forgets those first that were not used for long. A member that it forgot is down until its next
/// heartbeat, which puts back whatever is missing.
///
/// Each record is a key under the prefix, `/periodic` without one, and each member that is alive has a key that runs
/// out. A heartbeat writes both, and looks whether the member is in the index. The index is sixteen keys, each of which
/// may take a megabyte: that is some hundred thousand members. Memcached's own clock decides who is up; `created_at`
/// and `last_seen` are by the clocks of those who wrote them.
///
/// Memcached counts whole seconds, and cuts the first one short. So a member that dies is down after the down time,
/// rounded up, or up to a second later. A down time of more than thirty days is given to memcached as a date, by the
/// node's clock.
///
/// [`force_down`](crate::Membership::force_down) is not offered: an operator's word that a full memory takes back is
/// worse than none.
///
/// Whatever a name of a host or a service holds, the keys are plain ASCII, and where they would be too long, a hash of
/// 128 bits stands for the name.
///
/// The client speaks IPv4 to one server, without TLS, user and password. A call is over within five seconds, over at
/// most four connections; what fails for want of one is tried again until then. All watches of a driver and its clones
/// share one reading a second, which ends with the last of them. A record that cannot be read is skipped, and logged
/// once, as a warning.
#[derive(Clone, Debug)]
pub struct MemcachedMembership {
    driver: Arc<Driver>,
    poll: Duration,
    watches: Arc<Shared>,
}

#[derive(Debug)]
struct Driver {
    connections: Connections,
    keys: Keys,
    down_time: Duration,
    departed: Departed,
    unreadable: Unreadable,
}

impl MemcachedMembership {
    /// Connects to the server that `url` names. Processes that die are down after `down_time`.
    ///
    /// # Errors
    /// When the URL is none of memcached, or the server does not answer.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl, down_time: Duration) -> Result<Self, MembershipError> {
        url.takes_only(&[])?;
        let (connections, keys) = (Connections::new(url)?, Keys::new(url)?);
        let (departed, unreadable) = (Departed::default(), Unreadable::default());
        let driver = Driver { connections, keys, down_time, departed, unreadable };
        driver.connections.with(async |mut client| Ok(client.version().await?)).await?;
        Ok(Self { driver: Arc::new(driver), poll: Duration::from_secs(1), watches: Arc::default() })
    }

    /// The same members, of which the watches read the changes every `every`; once a second by default, and once a
    /// millisecond at most.
    pub fn poll(self, every: Duration) -> Self {
        Self { poll: every, watches: Arc::default(), ..self }
    }
}

pub(crate) async fn connect(
    url: &MembershipUrl,
    down_time: Duration,
) -> Result<MemcachedMembership, MembershipError> {
    MemcachedMembership::connect(url, down_time).await
}
