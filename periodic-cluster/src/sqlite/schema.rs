use rusqlite::{Connection, TransactionBehavior};

use super::errors::Failure;

/// Marks a file as this driver's: "peri" in ASCII.
const APPLICATION: i64 = 0x7065_7269;

/// What makes each version of the tables out of the one before.
const STEPS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// Makes the tables, or brings them up to date.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    // Without a lock in the case of nearly every opening. Whoever marks the file has given it its version before.
    if number(connection, "application_id")? == APPLICATION
        && usize::try_from(number(connection, "user_version")?) == Ok(STEPS.len())
    {
        return Ok(());
    }
    // Under the lock, because another process may be making the tables just now.
    let whole = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (number, step) in (1_i64..).zip(STEPS).skip(version(&whole)?) {
        whole.execute_batch(step)?;
        whole.pragma_update(None, "user_version", number)?;
    }
    whole.pragma_update(None, "application_id", APPLICATION)?;
    Ok(whole.commit()?)
}

/// The version of the tables; 0 in an empty file.
fn version(connection: &Connection) -> Result<usize, Failure> {
    let (application, version) = (number(connection, "application_id")?, number(connection, "user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (application, version, tables) != (0, 0, 0) {
        return Err(Failure::NotOurs);
    }
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(version),
        _ => Err(Failure::Newer { found: version, known: STEPS.len() }),
    }
}

/// Other programs' numbers may be negative.
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
    fn tables_of_an_older_version_are_brought_up_to_date() {
        let mut file = Connection::open_in_memory().unwrap();
        file.execute_batch(STEPS[0]).unwrap();
        file.execute("INSERT INTO services (host, service, topic, created_at) VALUES ('h', 's', 't', 0)", [])
            .unwrap();
        file.pragma_update(None, "user_version", 1).unwrap();
        file.pragma_update(None, "application_id", APPLICATION).unwrap();
        migrate(&mut file).unwrap();
        let beaten_by: Option<String> =
            file.query_row("SELECT beaten_by FROM services", [], |row| row.get(0)).unwrap();
        assert_eq!((beaten_by, number(&file, "user_version").unwrap()), (None, 2));
    }

    #[test]
    fn a_file_of_another_program_is_left_alone() {
        for sql in ["CREATE TABLE theirs (a)", "PRAGMA user_version = 1", "PRAGMA application_id = -7"] {
            let mut file = Connection::open_in_memory().unwrap();
            file.execute_batch(sql).unwrap();
            assert!(matches!(migrate(&mut file), Err(Failure::NotOurs)), "{sql}");
        }
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file).unwrap();
        file.pragma_update(None, "user_version", 7).unwrap();
        assert!(matches!(migrate(&mut file), Err(Failure::Newer { found: 7, known: 2 })));
    }
}
