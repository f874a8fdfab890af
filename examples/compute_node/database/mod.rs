//! The service's database: one `SQLite` file.
//!
//! Its calls block, which is why the tasks that make them are plain `fn`s.

mod instances;
mod node;
mod upkeep;

pub(crate) use instances::Instance;
pub(crate) use node::NodeRecord;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use rusqlite::{Connection, Params, TransactionBehavior};

#[derive(Debug)]
pub(crate) struct Database {
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens the file; a new one gets its tables and a few rows.
    pub(crate) fn open(file: &Path) -> anyhow::Result<Self> {
        let opened = || -> anyhow::Result<Connection> {
            let mut connection = Connection::open(file)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            let start = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if start.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))? == 0 {
                start.execute_batch(include_str!("schema.sql"))?;
                start.execute_batch(include_str!("seed.sql"))?;
                start.pragma_update(None, "user_version", 1)?;
            }
            start.commit()?;
            Ok(connection)
        };
        let connection = opened().with_context(|| format!("cannot open the database {}", file.display()))?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic under the lock leaves no half-done work behind: a statement is done whole or not at all.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn execute(&self, sql: &str, params: impl Params) -> anyhow::Result<usize> {
        Ok(self.connection().prepare(sql)?.execute(params)?)
    }

    /// The first column of what `sql` selects or, with `RETURNING`, of what it changed.
    fn names(&self, sql: &str, params: impl Params) -> anyhow::Result<Vec<String>> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql)?;
        let names = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    }
}

/// The age of a row, as `unixepoch() - ?` wants it.
fn seconds(age: Duration) -> u64 {
    age.as_secs()
}
