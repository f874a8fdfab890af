//! Members by way of etcd.

mod errors;
mod fleet;
mod keys;
mod lease;
mod membership;
mod pages;
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

/// Members by way of etcd, 3.4 or later: `etcd+https://h1:2379,h2:2379,h3:2379/prefix`, or `etcd:` without TLS.
///
/// Each record is a key under the prefix, `/periodic` without one, and each process that is a member has a key that is
/// bound to a lease. The member is present while one of its processes has a key. Etcd takes the key away at once when
/// the process leaves, and when the lease runs out after the process has died.
///
/// A heartbeat renews the lease, and looks for the key; it writes nothing while both are there. If one is gone, it is
/// made again. There is no task in between: who sends no heartbeat for as long as the lease lasts is down. So
/// `report_count` stays 0. Etcd keeps no time with a key: `created_at` and `last_seen`, which is when the process's key
/// was made, are by the clocks of those who wrote them; neither decides who is up.
///
/// | option | meaning | default |
/// | --- | --- | --- |
/// | `ttl=30s` | how long a lease lasts, in whole seconds, rounded up | the down time |
/// | `ca=FILE` | the certificates, as PEM, of the servers' authorities | those that the system trusts |
/// | `cert=FILE`, `key=FILE` | the client's certificate and its key, as PEM | none |
///
/// Etcd makes leases last two seconds at least by default. A user and a password are those of etcd's own
/// authentication. With `etcd+https:` each server must show a certificate for its host in the URL. With `etcd:` all is
/// sent as plain text, passwords included.
///
/// One server is asked at a time; where it does not answer within a second and a half, it is the next one's turn. Each
/// call is over within six seconds. A watch is pushed and goes on from the revision that was read, so nothing falls in
/// between; if that was compacted away, the members are read again. A watch that is told nothing for two seconds asks its
/// server how far it is; where the answer does not come within two seconds more, it goes on with the next server.
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
    /// Connects to the cluster that `url` names. Processes that die are down after `down_time`.
    ///
    /// # Errors
    /// When the URL is none of etcd, or no server answers.
    ///
    /// # Panics
    /// Outside a tokio runtime.
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
