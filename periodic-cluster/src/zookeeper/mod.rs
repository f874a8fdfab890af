//! Members in ZooKeeper.

mod client;
mod errors;
mod membership;
mod nodes;
mod presence;
mod read;
mod record;
mod session;
#[cfg(feature = "zookeeper-tls")]
mod tls;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use self::session::Session;
use crate::stored::Departed;
use crate::unreadable::Unreadable;
use crate::{MembershipError, MembershipUrl};

/// Members in ZooKeeper, 3.6 or later: `zookeeper://h1:2181,h2:2181,h3:2181/path`.
///
/// Each record is a persistent node under the path, `/periodic` by default. Each process that is a member has an
/// ephemeral node below its record. The member is present while one of its processes has a node. ZooKeeper deletes the
/// node immediately when the process leaves or drops the driver, and after the session timeout when it dies.
///
/// A heartbeat reads the process's node and writes nothing while it exists. If it is gone, because the session was
/// lost, it is created again. So `report_count` stays 0 and `last_seen` is the creation of the process's node; both it
/// and `created_at` are by ZooKeeper's clock. The services that one process runs share a session: they fall silent
/// together. A process needs one driver for a service: a second one takes over its node.
///
/// A conductor needs another engine: its own session would hold the nodes of all its members, and a node that dies
/// without leaving would stay up.
///
/// | option | meaning | default |
/// | --- | --- | --- |
/// | `session_timeout=30s` | the time that ZooKeeper waits for a sign of the process | the down time |
///
/// The servers limit the session timeout, by default to 40 seconds. A user and a password are those of the scheme
/// `digest`; the nodes then belong to that user, and otherwise to all users. With `zookeeper:` all data is sent as plain
/// text, passwords included.
///
/// **TLS** needs the feature `zookeeper-tls`: `zookeeper+tls://h1:2281,h2:2281/path?ca=FILE`. `ca` is a file with the
/// certificates, as PEM, of the servers' authority. `cert` and `key` are files with the client's certificate and its
/// key, which the servers ask for by default. Each server must show a certificate for its host in the URL.
///
/// **A server is not trusted with memory.** At most 16 MiB of a message are kept, and 250 000 names of a list; a longer
/// answer is an error. Records whose answers together would be longer are requested in parts.
///
/// Each call ends within five seconds; a call that fails for want of a connection is repeated until then. A watch is
/// pushed; a member that goes and comes back before it is read is reported as one update. After a second of silence, or
/// two with TLS, the driver changes to the next server. A record that cannot be read is skipped, and logged once, as a
/// warning.
#[derive(Clone, Debug)]
pub struct ZookeeperMembership(Arc<Driver>);

#[derive(Debug)]
struct Driver {
    session: Session,
    departed: Departed,
    unreadable: Unreadable,
}

impl ZookeeperMembership {
    /// Connects to the ensemble of `url`. Processes that die are down after `down_time`.
    ///
    /// # Errors
    /// When the URL is invalid for ZooKeeper, or no server answers.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl, down_time: Duration) -> Result<Self, MembershipError> {
        let session = Session::new(url, down_time)?;
        let (departed, unreadable) = (Departed::default(), Unreadable::default());
        let driver = Self(Arc::new(Driver { session, departed, unreadable }));
        driver.0.session.begin().await?;
        Ok(driver)
    }
}

pub(crate) async fn connect(
    url: &MembershipUrl,
    down_time: Duration,
) -> Result<ZookeeperMembership, MembershipError> {
    ZookeeperMembership::connect(url, down_time).await
}
