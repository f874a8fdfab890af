use std::time::Duration;

use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::errors::PostgresError;
use super::{PostgresMembership, schema};
use crate::MembershipError;

/// The longest time of a call, a new connection included.
pub(super) const BOUND: Duration = Duration::from_secs(5);

/// A value of a statement. Its type is sent with it, so that a statement takes one round trip. No prepared statement
/// stays in a connection that a proxy shares among clients.
pub(super) type Value<'a> = (&'a (dyn ToSql + Sync), Type);

pub(super) fn text(value: &String) -> Value<'_> {
    (value, Type::TEXT)
}

/// Creates the tables if they are missing.
pub(super) async fn prepare(driver: &PostgresMembership) -> Result<(), MembershipError> {
    bounded(driver, migrate(driver)).await
}

impl PostgresMembership {
    /// Returns the rows of a statement. Tables that were dropped are created again.
    pub(super) async fn query(
        &self,
        statement: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, MembershipError> {
        let rows = async {
            match once(self, statement, values).await {
                Err(failure) if failure.is_no_table() => {
                    migrate(self).await?;
                    once(self, statement, values).await
                }
                end => end,
            }
        };
        bounded(self, rows).await
    }
}

async fn once(
    driver: &PostgresMembership,
    statement: &str,
    values: &[Value<'_>],
) -> Result<Vec<Row>, PostgresError> {
    let lent = driver.pool.lend().await?;
    let end = lent.query_typed(statement, values).await.map_err(|error| lent.failure(error));
    if end.as_ref().err().is_none_or(PostgresError::is_answer) {
        lent.give_back();
    }
    end
}

async fn migrate(driver: &PostgresMembership) -> Result<(), PostgresError> {
    let lent = driver.pool.lend().await?;
    schema::migrate(&lent, &driver.statements.schema).await.map_err(|failure| lent.failure(failure))?;
    // Only after success: after a failure the transaction may be open.
    lent.give_back();
    Ok(())
}

async fn bounded<T>(
    driver: &PostgresMembership,
    work: impl Future<Output = Result<T, PostgresError>>,
) -> Result<T, MembershipError> {
    // Dropped also if the caller's own limit ends the call.
    let mut unanswered = Unanswered(Some(driver));
    let end = tokio::time::timeout(BOUND, work).await.unwrap_or(Err(PostgresError::NoAnswer(BOUND)));
    if end.as_ref().err().is_none_or(PostgresError::is_answer) {
        unanswered.0 = None;
    }
    end.map_err(|failure| failure.of(driver.pool.shown()))
}

/// A call without an answer yet. If none comes, the idle connections are not trusted either.
struct Unanswered<'a>(Option<&'a PostgresMembership>);

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if let Some(driver) = self.0 {
            driver.pool.clear();
        }
    }
}
