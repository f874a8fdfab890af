//! Members in one `SQLite` file, which the processes of a host share.

mod errors;
mod membership;
mod open;
mod schema;
mod sql;
mod store;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use self::open::Open;
use crate::rows::Readings;
use crate::watch::Shared;
use crate::{MembershipError, MembershipUrl};

/// Members in one `SQLite` file.
///
/// The driver creates the file and its tables, and updates tables of an older version. All processes that use the file
/// must run on one host: `SQLite`'s locks are unreliable on network file systems, and the time is that of the host.
/// Setting that clock does not change the ages that a driver returns if it has read the members before, as a watch has.
/// A driver that reads them for the first time afterwards returns ages by the new clock, until the next heartbeats.
///
/// All watches of a driver and its clones share one reading a second, which ends with the last of them. A row that
/// cannot be read is skipped, and logged once, as a warning.
///
/// Several processes may be members under one record: the member is alive while one of them beats. The record names the
/// process that joined last; when that one leaves, the member is down until another beats.
///
/// The next call opens a replaced file again, and creates a removed one. Remove `FILE-wal` and `FILE-shm` with it:
/// `SQLite` would take their content for a part of the new file. Each call ends within five seconds, of which it waits
/// three at most for other processes. It uses a thread of tokio's blocking pool, one at a time.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::sqlite::SqliteMembership;
/// use periodic_cluster::{Membership, Record, ServiceIdentity};
///
/// # let folder = std::env::temp_dir().join(format!("periodic-cluster-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let file = folder.join("nodes.db");
/// let members = SqliteMembership::open(&file).await?;
/// let service = ServiceIdentity::new("node-1", "nova-compute");
/// assert_eq!(members.record(&service).await?, Record::Created);
/// members.join(&service).await?;
///
/// let elsewhere = SqliteMembership::open(&file).await?;
/// assert_eq!(elsewhere.members().await?[0].host, "node-1");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqliteMembership {
    file: Arc<Path>,
    poll: Duration,
    connection: Arc<Mutex<Option<Open>>>,
    readings: Readings,
    watches: Arc<Shared>,
}

impl SqliteMembership {
    /// Opens or creates the file of `url`, as in `sqlite:nodes.db`.
    ///
    /// # Errors
    /// When the URL is invalid for SQLite, and as of [`open`](Self::open).
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn connect(url: &MembershipUrl) -> Result<Self, MembershipError> {
        url.takes_only(&[])?;
        if !url.hosts.is_empty() {
            return Err(url.refused("SQLite has no hosts; an absolute path is `sqlite:/var/lib/nodes.db`"));
        }
        match url.path.as_str() {
            "" => Err(url.refused("it names no file, as in `sqlite:nodes.db`")),
            ":memory:" => Err(url.refused("for members in this process write `memory:`")),
            path => Self::open(path).await,
        }
    }

    /// Opens or creates `file`, whose path may have any letters.
    ///
    /// # Errors
    /// When the file cannot be opened, or is not one of this driver.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub async fn open(file: impl Into<PathBuf>) -> Result<Self, MembershipError> {
        let file = file.into();
        // A daemon may change its working directory later.
        let absolute = std::path::absolute(&file).map_err(|error| errors::no_path(&file, error))?;
        let driver = Self {
            file: absolute.into(),
            poll: Duration::from_secs(1),
            connection: Arc::default(),
            readings: Readings::default(),
            watches: Arc::default(),
        };
        driver.with(|_| Ok(())).await?;
        Ok(driver)
    }

    /// Sets the interval at which watches read the members: one second by default, one millisecond at least.
    #[must_use]
    pub fn poll(self, every: Duration) -> Self {
        Self { poll: every, watches: Arc::default(), ..self }
    }
}
