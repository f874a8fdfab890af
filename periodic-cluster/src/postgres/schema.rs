use tokio_postgres::Client;

use super::errors::PostgresError;
use crate::caught::catch_subscriber;

/// The statements that create each version of the tables from the one before, in the schema that is searched first. A
/// program leaves tables of a later version alone.
const STEPS: [&str; 1] = [include_str!("schema/1.sql")];

/// The columns that were added later, and the statements that add them. Programs without them work with the tables as
/// before. So the version is the same, and a fleet can be updated node by node.
const ADDED: [(&str, &str); 1] = [("beaten_by", include_str!("schema/beaten_by.sql"))];

/// A program that creates tables holds this advisory lock: "periodic" in ASCII.
const LOCK: i64 = 0x7065_7269_6f64_6963;

/// Creates the tables, or brings them up to date.
pub(super) async fn migrate(client: &Client, schema: &str) -> Result<(), PostgresError> {
    // Nearly every start returns here, without a lock.
    if version(client, schema).await? == STEPS.len() && missing(client, schema).await?.is_empty() {
        return Ok(());
    }
    client.batch_execute(&format!("BEGIN; SELECT pg_advisory_xact_lock({LOCK})")).await?;
    let end = steps(client, schema).await;
    client.batch_execute(if end.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    end
}

async fn steps(client: &Client, schema: &str) -> Result<(), PostgresError> {
    // Another program may have created them during the wait for the lock.
    let version = version(client, schema).await?;
    let exists = format!("SELECT FROM pg_namespace WHERE nspname = '{schema}'");
    if client.query_typed_opt(&exists, &[]).await?.is_none() {
        client.batch_execute(&format!("CREATE SCHEMA {schema}")).await?;
    }
    client
        .batch_execute(&format!(
            "SET LOCAL search_path = {schema};
             CREATE TABLE IF NOT EXISTS {schema}.periodic_version (version BIGINT NOT NULL)"
        ))
        .await?;
    for step in &STEPS[version..] {
        client.batch_execute(step).await?;
    }
    for add in missing(client, schema).await? {
        client.batch_execute(add).await?;
    }
    let known = STEPS.len();
    let kept = format!("DELETE FROM periodic_version; INSERT INTO periodic_version VALUES ({known})");
    client.batch_execute(&kept).await?;
    catch_subscriber(|| tracing::debug!(schema, version = known, "the tables are up to date"));
    Ok(())
}

/// Returns the statements that add the missing columns.
async fn missing(client: &Client, schema: &str) -> Result<Vec<&'static str>, PostgresError> {
    let mut all = Vec::new();
    for (column, add) in ADDED {
        // The catalogue is read as tables here, too.
        let found = format!(
            "SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
             WHERE nspname = '{schema}' AND relname = 'services' AND attname = '{column}' AND NOT attisdropped"
        );
        if client.query_typed_opt(&found, &[]).await?.is_none() {
            all.push(add);
        }
    }
    Ok(all)
}

/// Returns the version of the tables; 0 if there are none.
async fn version(client: &Client, schema: &str) -> Result<usize, PostgresError> {
    // The catalogue is read as a table, because a name that was looked up before the lock may be cached as unknown.
    let table = |name| {
        format!("EXISTS (SELECT FROM pg_tables WHERE schemaname = '{schema}' AND tablename = '{name}')")
    };
    let tables = format!("SELECT {}, {}", table("periodic_version"), table("services"));
    let row = client.query_typed_one(&tables, &[]).await?;
    let (ours, services): (bool, bool) = (row.try_get(0)?, row.try_get(1)?);
    if !ours {
        return if services { Err(PostgresError::NotOurs { schema: schema.to_owned() }) } else { Ok(0) };
    }
    let version = format!("SELECT coalesce(max(version), 0) FROM {schema}.periodic_version");
    let found: i64 = client.query_typed_one(&version, &[]).await?.try_get(0)?;
    match usize::try_from(found) {
        // The table `services` alone was dropped.
        Ok(_) if !services => Ok(0),
        Ok(version) if version <= STEPS.len() => Ok(version),
        _ => Err(PostgresError::Newer { schema: schema.to_owned(), found, known: STEPS.len() }),
    }
}
