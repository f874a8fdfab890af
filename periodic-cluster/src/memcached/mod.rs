//! Members in memcached.

mod client;
mod connections;
mod errors;
mod expiry;
mod index;
mod keys;
mod membership;
mod presence;
mod read;
mod reply;
mod store;

use std::sync::Arc;
use std::time::Duration;

use self::connections::Connections;
use self::keys::Keys;
use crate::stored::Departed;
use crate::unreadable::Unreadable;
use crate::watch::Shared;
use crate::{MembershipError, MembershipUrl};

/// Members in one memcached, 1.6 or later: `memcached://host:11211/prefix`.
///
/// **Its answers are advice.** Memcached is a cache: a restart or a flush drops all members, and a full memory evicts
/// the least recently used ones first. An evicted member is down until its next heartbeat, which restores the missing
/// data.
///
/// Each record is a key under the prefix, `/periodic` by default, and each live member has a key that expires. A
/// heartbeat writes both, and checks that the member is in the index. The index is sixteen keys, each of which may take
/// a megabyte: that is some hundred thousand members. Memcached's own clock decides which member is up; `created_at`
/// and `last_seen` are by the clocks of their writers.
///
/// Memcached counts whole seconds, and cuts the first one short. So a member that dies is down after the down time,
/// rounded up, or up to a second later. A down time of more than thirty days is sent to memcached as a date, by the
/// node's clock.
///
/// [`force_down`](crate::Membership::force_down) is not offered: an operator's word that a full memory drops is worse
/// than none.
///
/// The keys are plain ASCII for any name of a host or a service. If a key would be too long, a hash of 128 bits
/// replaces the name.
///
/// The client speaks to one server, without TLS, user and password. A call ends within five seconds, and uses one
/// of at most four connections; a call that fails for want of a connection is repeated until then. All watches of a
/// driver and its clones share one reading a second, which ends with the last of them. A record that cannot be read is
/// skipped, and logged once, as a warning.
///
/// **A server is not trusted with memory.** A part of the index has at most 16 MiB, another value 64 KiB, and all values
/// of one reading 128 MiB.
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
    /// Connects to the server of `url`. Processes that die are down after `down_time`.
    ///
    /// # Errors
    /// When the URL is invalid for memcached, or the server does not answer.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl, down_time: Duration) -> Result<Self, MembershipError> {
        url.takes_only(&[])?;
        let (connections, keys) = (Connections::new(url)?, Keys::new(url)?);
        let (departed, unreadable) = (Departed::default(), Unreadable::default());
        let driver = Driver { connections, keys, down_time, departed, unreadable };
        driver.connections.with(async |mut client| Ok(client.version().await?)).await?;
        Ok(Self { driver: Arc::new(driver), poll: Duration::from_secs(1), watches: Arc::default() })
    }

    /// Sets the interval at which watches read the members: one second by default, one millisecond at least.
    #[must_use]
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
