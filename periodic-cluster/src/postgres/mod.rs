//! Members in a PostgreSQL database.

mod errors;
mod listen;
mod membership;
mod open;
mod pool;
mod query;
mod rows;
mod schema;
mod session;
mod sslmode;
mod statements;
mod tls;

use std::sync::Arc;

use self::pool::Pool;
use self::statements::Statements;
use crate::MembershipError;
use crate::rows::Readings;
use crate::watch::Shared;

pub(crate) use self::open::connect;

/// Members in a PostgreSQL database, of version 12 or later.
///
/// The URL is `postgres://user:password@host:port/database`. Of several hosts that one is used which can be written to.
/// A host that begins with `%2F` is the folder of a Unix socket. The query may have
///
/// - `schema`: where the driver keeps its tables, `periodic` unless it is said otherwise;
/// - `application_name`: what the server's views show, `periodic` unless it is said otherwise;
/// - `sslmode`: what TLS shall do, as below;
/// - `sslrootcert`: a file with the certificates, as PEM, of those who may have signed the server's, or `system` for
///   those whom the system trusts, which counts without it;
/// - `sslcert` and `sslkey`: files with the client's certificate and its key, for a server that asks for one.
///
/// | `sslmode` | what it promises |
/// | --- | --- |
/// | `disable` | nothing: all is sent as plain text |
/// | `prefer`, without `sslmode` | nothing: it is encrypted if the server, or whoever stands in between, says that it can be |
/// | `require` | that it is encrypted, or not sent; not with whom: somebody in between can pass for the server, and read the password where it asks for that. Said with a warning. With `sslrootcert` as `verify-ca` |
/// | `verify-ca` | also that an authority of `sslrootcert` has signed the server's certificate, for whichever host |
/// | `verify-full` | also that it is for the host of the URL: nobody in between can pass for the server |
///
/// These are the modes of PostgreSQL's own clients. `allow` is refused, and so is what would be checked by no one. A
/// certificate that is its own authority is not taken for a server's. Lists of certificates that were revoked are not
/// read, and a password is not bound to a certificate.
///
/// The driver makes the schema and its tables, and brings those of an older version up to date; nodes that come at
/// once wait for each other. The user needs the right to create a schema in the database, unless there is one that
/// belongs to it.
///
/// All times and ages are by the server's clock. Several processes may be members under one record: the member is
/// alive while one of them beats. The record names the one that joined last; when that leaves, the member is down
/// until another beats.
///
/// A server's clock that is set makes nobody older for a driver that has read the members before, as a watch has; one that
/// reads them for the first time since sees the ages that the clock tells, until the next heartbeats. A row that cannot
/// be read is skipped, and said once, with a warning.
///
/// A watch is told of each change by the server, heartbeats among them, and reads all members then, ten times a second
/// at most, and each five seconds in any case. What is undone in between is not seen. All watches of a driver and its
/// clones share one connection and one reading, which end with the last of them.
///
/// Each call is over within five seconds, and uses one of at most four connections. One that breaks is replaced by the
/// next call. The connections end with the last clone.
///
/// # Examples
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::postgres::PostgresMembership;
/// use periodic_cluster::{Membership, ServiceIdentity};
///
/// let members = PostgresMembership::open("postgres://nova:secret@db-1/fleet?schema=compute").await?;
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
    /// Connects to the database of `url`, and makes the tables if they are not there.
    ///
    /// # Errors
    /// When the URL cannot be used, the server cannot be reached or refuses the user, or the schema is not one of this
    /// driver.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn open(url: &str) -> Result<Self, MembershipError> {
        connect(&url.parse()?).await
    }
}

impl std::fmt::Debug for PostgresMembership {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresMembership").field("url", &self.pool.shown()).finish_non_exhaustive()
    }
}
