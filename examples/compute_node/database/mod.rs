//! The service's database: one `SQLite` file.
//!
//! Its calls block, so the tasks that make them are plain `fn`s.

mod instances;
mod node;
mod upkeep;

pub(crate) use instances::Instance;
pub(crate) use node::NodeRecord;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::Context;
use rusqlite::{Connection, Params, TransactionBehavior};

/// The file's tables, as steps from each version to the next.
const VERSIONS: [&str; 2] =
    [concat!(include_str!("schema.sql"), include_str!("seed.sql")), include_str!("nodes.sql")];

#[derive(Debug)]
pub(crate) struct Database {
    /// `None` on a node without a database.
    file: Option<PathBuf>,
    connection: OnceLock<Mutex<Connection>>,
}

impl Database {
    /// Creates a database whose file is not open yet.
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        Self { file, connection: OnceLock::new() }
    }

    pub(crate) fn is_there(&self) -> bool {
        self.file.is_some()
    }

    /// Opens the file and brings its tables up to date; a new file also gets a few rows.
    pub(crate) fn open(&self) -> anyhow::Result<()> {
        let file = self.file.as_ref().context("this node has no database")?;
        let opened = || -> anyhow::Result<Connection> {
            let mut connection = Connection::open(file)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            let start = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done: u32 = start.pragma_query_value(None, "user_version", |row| row.get(0))?;
            for version in VERSIONS.iter().skip(usize::try_from(done)?) {
                start.execute_batch(version)?;
            }
            start.pragma_update(None, "user_version", integer(VERSIONS.len()).max(done.into()))?;
            start.commit()?;
            Ok(connection)
        };
        let connection = opened().with_context(|| format!("cannot open the database {}", file.display()))?;
        self.connection.get_or_init(|| Mutex::new(connection));
        Ok(())
    }

    fn connection(&self) -> anyhow::Result<MutexGuard<'_, Connection>> {
        let connection = self.connection.get().context("the database is not open")?;
        // A panic under the lock leaves no half-done work: a statement takes effect completely or not at all.
        Ok(connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn execute(&self, sql: &str, params: impl Params) -> anyhow::Result<usize> {
        Ok(self.connection()?.prepare(sql)?.execute(params)?)
    }

    /// Returns the first column of the rows that `sql` selects or, with `RETURNING`, that it changed.
    fn names(&self, sql: &str, params: impl Params) -> anyhow::Result<Vec<String>> {
        let connection = self.connection()?;
        let mut statement = connection.prepare(sql)?;
        let names = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    }
}

/// Returns the age of a row in the unit of `unixepoch() - ?`.
fn seconds(age: Duration) -> i64 {
    integer(age.as_secs())
}

/// Returns a count as an integer of `SQLite`, which is signed.
fn integer(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
