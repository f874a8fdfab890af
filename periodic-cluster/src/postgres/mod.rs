//! Members in a PostgreSQL database.

mod bounded;
mod errors;
mod listen;
mod membership;
mod open;
mod pool;
mod query;
mod reach;
mod rows;
mod schema;
mod session;
mod sslmode;
mod statements;
mod tls;

use std::sync::Arc;

use self::pool::Pool;
use self::statements::Statements;
use crate::rows::Readings;
use crate::watch::Shared;
use crate::{MembershipError, MembershipUrl};

pub(crate) use self::open::connect;

/// Members in a PostgreSQL database, of version 12 or later.
///
/// The URL is `postgres://user:password@host:port/database`. With several hosts, the driver uses the one that accepts
/// writes. A host that begins with `%2F` is the folder of a Unix socket. The query may have
///
/// - `schema`: the schema of the driver's tables, `periodic` by default;
/// - `application_name`: the name in the server's views, `periodic` by default;
/// - `sslmode`: see below;
/// - `sslrootcert`: a file with the certificates, as PEM, of the server's authorities, or `system`, the default, for
///   those that the system trusts;
/// - `sslcert` and `sslkey`: files with the client's certificate and its key, for a server that asks for one.
///
/// | `sslmode` | promise |
/// | --- | --- |
/// | `disable` | nothing: all data is sent as plain text |
/// | `prefer`, the default | nothing: all data is encrypted if the server offers TLS, which an attacker on the network can prevent |
/// | `require` | all data is encrypted, or none is sent. The certificate is not checked: an attacker on the network can pose as the server and ask for the password. Logged as a warning. With a file as `sslrootcert` the same as `verify-ca` |
/// | `verify-ca` | also: an authority of `sslrootcert` has signed the server's certificate, for any host |
/// | `verify-full` | also: the certificate is for the host of the URL. An attacker on the network cannot pose as the server |
///
/// These are the modes of PostgreSQL's own clients. `allow` is refused, and so is an option without an effect. A
/// server's certificate must not be that of an authority itself. Revocation lists are not read, and channel binding is
/// not used.
///
/// The driver creates the schema and its tables, and updates tables of an older version; nodes that start at the same
/// time wait for each other. The user needs the right to create a schema in the database, unless it already owns one.
///
/// All times and ages are by the server's clock. Several processes may be members under one record: the member is alive
/// while one of them beats. The record names the process that joined last; when that one leaves, the member is down
/// until another beats.
///
/// Setting the server's clock does not change the ages that a driver returns if it has read the members before, as a
/// watch has. A driver that reads them for the first time afterwards returns ages by the new clock, until the next
/// heartbeats. A row that cannot be read is skipped, and logged once, as a warning.
///
/// The server notifies a watch of each change, heartbeats included. The watch then reads all members, ten times a
/// second at most, and every five seconds in any case. A change that is undone in between is not seen. All watches of a
/// driver and its clones share one connection and one reading, which end with the last of them.
///
/// A message of the server is at most 16 MiB, and an answer 64 MiB, which are the records of some 200 000 members.
///
/// Each call ends within five seconds, and uses one of at most four connections. The next call replaces a broken
/// connection. The connections end with the last clone.
///
/// # Examples
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::postgres::PostgresMembership;
/// use periodic_cluster::{Membership, ServiceIdentity};
///
/// let url = "postgres://nova:secret@db-1/fleet?schema=compute".parse()?;
/// let members = PostgresMembership::connect(&url).await?;
/// let service = ServiceIdentity::new("node-1", "nova-compute");
/// members.record(&service).await?;
/// members.join(&service).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct PostgresMembership {
    pool: Arc<Pool>,
    statements: Arc<Statements>,
    readings: Readings,
    watches: Arc<Shared>,
}

impl PostgresMembership {
    /// Connects to the database of `url`, and creates the tables if they are missing.
    ///
    /// # Errors
    /// When the URL is invalid, the server cannot be reached or refuses the user, or the schema is not one of this
    /// driver.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl) -> Result<Self, MembershipError> {
        connect(url).await
    }
}

impl std::fmt::Debug for PostgresMembership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresMembership").field("url", &self.pool.shown()).finish_non_exhaustive()
    }
}
