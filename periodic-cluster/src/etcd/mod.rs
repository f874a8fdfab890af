//! Members in etcd.

mod errors;
mod fleet;
mod keys;
mod lease;
mod membership;
mod pages;
mod presence;
mod record;
mod servers;
mod silence;
mod tls;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use self::lease::Leases;
use self::servers::Servers;
use crate::stored::Departed;
use crate::unreadable::Unreadable;
use crate::{MembershipError, MembershipUrl};

/// Members in etcd, 3.4 or later: `etcd+https://h1:2379,h2:2379,h3:2379/prefix`, or `etcd:` without TLS.
///
/// Each record is a key under the prefix, `/periodic` by default. Each process that is a member has a key with a lease.
/// The member is present while one of its processes has a key. Etcd deletes the key immediately when the process
/// leaves, and when the lease expires after the process has died.
///
/// A heartbeat renews the lease, and checks the key; it writes nothing while both exist. If one is gone, it is created
/// again. No other task renews the lease: a service without heartbeats for the time of the lease is down. So
/// `report_count` stays 0. Etcd stores no time with a key: `created_at` and `last_seen`, the creation of the process's
/// key, are by the clocks of their writers; neither decides which member is up.
///
/// | option | meaning | default |
/// | --- | --- | --- |
/// | `ttl=30s` | the time of a lease, in whole seconds, rounded up | the down time |
/// | `ca=FILE` | the certificates, as PEM, of the servers' authorities | those that the system trusts |
/// | `cert=FILE`, `key=FILE` | the client's certificate and its key, as PEM | none |
///
/// By default etcd's leases last at least two seconds. A user and a password are those of etcd's own authentication.
/// With `etcd+https:` each server must show a certificate for its host in the URL. With `etcd:` all data is sent as
/// plain text, passwords included.
///
/// The driver asks one server at a time; after a second and a half without an answer it asks the next one. Each call
/// ends within six seconds. A watch is pushed and continues from the revision that was read, so it misses no change; if
/// that revision was compacted away, the members are read again. A watch without news for two seconds asks its server
/// for the progress; without an answer within two more seconds, it continues with the next server.
///
/// A record that cannot be read is skipped, and logged once, as a warning.
#[derive(Clone, Debug)]
pub struct EtcdMembership(Arc<Driver>);

#[derive(Debug)]
struct Driver {
    servers: Servers,
    root: String,
    leases: Leases,
    departed: Departed,
    unreadable: Unreadable,
}

impl EtcdMembership {
    /// Connects to the cluster of `url`. Processes that die are down after `down_time`.
    ///
    /// # Errors
    /// When the URL is invalid for etcd, or no server answers.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl, down_time: Duration) -> Result<Self, MembershipError> {
        url.takes_only(&["ttl", "ca", "cert", "key"])?;
        let leases = Leases::new(url.duration("ttl")?.unwrap_or(down_time));
        let (servers, root) = (Servers::new(url)?, url.root("/periodic")?);
        let (departed, unreadable) = (Departed::default(), Unreadable::default());
        let driver = Self(Arc::new(Driver { servers, root, leases, departed, unreadable }));
        driver.fleet().await?;
        Ok(driver)
    }
}

pub(crate) async fn connect(
    url: &MembershipUrl,
    down_time: Duration,
) -> Result<EtcdMembership, MembershipError> {
    EtcdMembership::connect(url, down_time).await
}
