use rusqlite::{Connection, TransactionBehavior};

use super::errors::SqliteError;

/// Marks a file as this driver's: "peri" in ASCII.
const APPLICATION: i64 = 0x7065_7269;

/// The statements that create each version of the tables from the one before. A program leaves tables of a later
/// version alone.
const STEPS: [&str; 1] = [include_str!("schema/1.sql")];

/// The columns that were added later, and the statements that add them. Programs without them work with the tables as
/// before. So the version is the same, and a fleet can be updated node by node.
const ADDED: [(&str, &str); 1] = [("beaten_by", include_str!("schema/beaten_by.sql"))];

/// Creates the tables, or brings them up to date.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), SqliteError> {
    // Nearly every opening returns here, without a lock. A program sets the version of a file before it marks it.
    if number(connection, "application_id")? == APPLICATION
        && usize::try_from(number(connection, "user_version")?) == Ok(STEPS.len())
        && missing(connection)?.is_empty()
    {
        return Ok(());
    }
    // Under the lock, because another process may be creating the tables now.
    let whole = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (number, step) in (1_i64..).zip(STEPS).skip(version(&whole)?) {
        whole.execute_batch(step)?;
        whole.pragma_update(None, "user_version", number)?;
    }
    for add in missing(&whole)? {
        whole.execute_batch(add)?;
    }
    whole.pragma_update(None, "application_id", APPLICATION)?;
    Ok(whole.commit()?)
}

/// Returns the statements that add the missing columns.
fn missing(connection: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let mut all = Vec::new();
    for (column, add) in ADDED {
        let found = "SELECT count(*) FROM pragma_table_info('services') WHERE name = ?1";
        if connection.query_row(found, [column], |row| row.get::<_, i64>(0))? == 0 {
            all.push(add);
        }
    }
    Ok(all)
}

/// Returns the version of the tables; 0 in an empty file.
fn version(connection: &Connection) -> Result<usize, SqliteError> {
    let (application, version) = (number(connection, "application_id")?, number(connection, "user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (application, version, tables) != (0, 0, 0) {
        return Err(SqliteError::NotOurs);
    }
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(version),
        _ => Err(SqliteError::Newer { found: version, known: STEPS.len() }),
    }
}

/// Returns the number of a pragma; those of other programs may be negative.
fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_made_once() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file).unwrap();
        file.execute("INSERT INTO services (host, service, topic, created_at) VALUES ('h', 's', 't', 0)", [])
            .unwrap();
        migrate(&mut file).unwrap();
        let rows: u32 = file.query_row("SELECT count(*) FROM services", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn tables_of_an_older_program_get_what_was_added() {
        let mut file = Connection::open_in_memory().unwrap();
        file.execute_batch(STEPS[0]).unwrap();
        file.execute("INSERT INTO services (host, service, topic, created_at) VALUES ('h', 's', 't', 0)", [])
            .unwrap();
        file.pragma_update(None, "user_version", 1).unwrap();
        file.pragma_update(None, "application_id", APPLICATION).unwrap();
        for _ in 0..2 {
            migrate(&mut file).unwrap();
            let beaten_by: Option<String> =
                file.query_row("SELECT beaten_by FROM services", [], |row| row.get(0)).unwrap();
            assert_eq!(beaten_by, None);
        }
    }

    /// Such a program leaves tables of a later version than 1 alone, and writes rows like this one.
    #[test]
    fn the_program_without_the_added_columns_works_with_the_file() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file).unwrap();
        assert_eq!(number(&file, "user_version").unwrap(), 1, "a fleet is updated node by node");
        for statement in [
            "INSERT INTO services (service, host, topic, created_at) VALUES ('s', 'h', 't', 0) ON CONFLICT DO NOTHING",
            "UPDATE services SET process = '1-01', left_by = NULL, last_seen = 1 WHERE service = 's' AND host = 'h'",
            "UPDATE services SET process = NULL, left_by = '1-01' WHERE service = 's' AND host = 'h'",
        ] {
            assert_eq!(file.execute(statement, []).unwrap(), 1, "{statement}");
        }
    }

    #[test]
    fn a_file_of_another_program_is_left_alone() {
        for sql in ["CREATE TABLE theirs (a)", "PRAGMA user_version = 1", "PRAGMA application_id = -7"] {
            let mut file = Connection::open_in_memory().unwrap();
            file.execute_batch(sql).unwrap();
            assert!(matches!(migrate(&mut file), Err(SqliteError::NotOurs)), "{sql}");
        }
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file).unwrap();
        file.pragma_update(None, "user_version", 7).unwrap();
        assert!(matches!(migrate(&mut file), Err(SqliteError::Newer { found: 7, known: 1 })));
    }
}
