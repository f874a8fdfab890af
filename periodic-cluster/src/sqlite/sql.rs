//! The statements. Each is one transaction, and reads the time once.

use periodic_core::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::errors::SqliteError;
use crate::rows::Found;
use crate::unreadable::Skipped;
use crate::{Member, MembershipError, Presence, Process, Record, ServiceIdentity};

/// The current time of `SQLite`'s clock, in nanoseconds. Its resolution is a millisecond, and whole ones are exact in
/// its float.
macro_rules! now {
    () => {
        "(CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER) * 1000000)"
    };
}

/// A text, or empty bytes if it is longer than any name or process. Another program's text may have a gigabyte; its row
/// is skipped.
macro_rules! short {
    ($column:literal) => {
        concat!("CASE WHEN octet_length(", $column, ") > 1024 THEN x'' ELSE ", $column, " END AS ", $column)
    };
}

pub(super) fn record(connection: &mut Connection, service: &ServiceIdentity) -> Result<Record, SqliteError> {
    let names = params![service.binary, service.host, service.topic];
    let whole = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let created = whole.execute(
        concat!(
            "INSERT INTO services (service, host, topic, created_at) VALUES (?1, ?2, ?3, ",
            now!(),
            ") ON CONFLICT DO NOTHING"
        ),
        names,
    )?;
    if created == 0 {
        whole.execute("UPDATE services SET topic = ?3 WHERE service = ?1 AND host = ?2", names)?;
    }
    whole.commit()?;
    Ok(if created == 0 { Record::Updated } else { Record::Created })
}

pub(super) fn join(connection: &Connection, service: &ServiceIdentity) -> Result<(), SqliteError> {
    let joined = connection.execute(
        concat!(
            "UPDATE services SET process = ?3, beaten_by = ?3, left_by = NULL, last_seen = ",
            now!(),
            " WHERE service = ?1 AND host = ?2"
        ),
        params![service.binary, service.host, Process::of(service).to_string()],
    )?;
    if joined == 0 {
        Err(MembershipError::unknown(&service.host, &service.binary, &[]).into())
    } else {
        Ok(())
    }
}

pub(super) fn beat(connection: &Connection, service: &ServiceIdentity) -> Result<(), SqliteError> {
    let beaten = connection.execute(
        concat!(
            "UPDATE services SET report_count = report_count + 1, process = coalesce(process, ?3),
                    beaten_by = ?3, left_by = NULL, last_seen = ",
            now!(),
            " WHERE service = ?1 AND host = ?2 AND left_by IS NOT ?3"
        ),
        params![service.binary, service.host, Process::of(service).to_string()],
    )?;
    if beaten > 0 {
        return Ok(());
    }
    let known = connection
        .query_row(
            "SELECT 1 FROM services WHERE service = ?1 AND host = ?2",
            params![service.binary, service.host],
            |_| Ok(()),
        )
        .optional()?;
    Err(match known {
        Some(()) => MembershipError::not_joined(&service.host, &service.binary).into(),
        None => MembershipError::unknown(&service.host, &service.binary, &[]).into(),
    })
}

/// Marks the service as left, unless another process has followed: then the record is the other's.
pub(super) fn leave(connection: &mut Connection, service: &ServiceIdentity) -> Result<(), SqliteError> {
    let names = params![service.binary, service.host, Process::of(service).to_string()];
    let whole = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    whole.execute(
        "UPDATE services SET beaten_by = NULL WHERE service = ?1 AND host = ?2 AND beaten_by = ?3",
        names,
    )?;
    whole.execute(
        "UPDATE services SET process = NULL, left_by = ?3
         WHERE service = ?1 AND host = ?2 AND left_by IS NULL AND coalesce(process, ?3) = ?3",
        names,
    )?;
    Ok(whole.commit()?)
}

/// Returns the process that joined or beat last, if it is another.
pub(super) fn duplicate(
    connection: &Connection,
    service: &ServiceIdentity,
) -> Result<Option<Process>, SqliteError> {
    let found: Option<String> = connection
        .query_row(
            concat!(
                "SELECT ",
                short!("beaten_by"),
                " FROM services WHERE service = ?1 AND host = ?2 AND beaten_by != ?3"
            ),
            params![service.binary, service.host, Process::of(service).to_string()],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.and_then(|process| process.parse().ok()))
}

pub(super) fn force_down(
    connection: &Connection,
    host: &str,
    service: &str,
    down: bool,
) -> Result<(), SqliteError> {
    let forced = connection.execute(
        "UPDATE services SET forced_down = ?3 WHERE service = ?1 AND host = ?2",
        params![service, host, down],
    )?;
    if forced == 0 {
        return Err(MembershipError::unknown(host, service, &[]).into());
    }
    Ok(())
}

pub(super) fn members(connection: &Connection) -> Result<Found, SqliteError> {
    let mut all = connection.prepare(concat!(
        "SELECT ",
        short!("host"),
        ", ",
        short!("service"),
        ", ",
        short!("topic"),
        ", ",
        short!("process"),
        ", created_at, last_seen, report_count, forced_down,
                left_by IS NOT NULL AS has_left, now, now - coalesce(last_seen, created_at) AS age
         FROM services, (SELECT ",
        now!(),
        " AS now) ORDER BY services.service, services.host"
    ))?;
    let mut found = Found::default();
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        found.wall = Some(Timestamp::from_nanos(row.get("now")?));
        match member(row) {
            Ok(member) => found.members.push(member),
            // An error here concerns the row; `next` returns those of the file.
            Err(why) => found.skipped.push(Skipped::new(&name(row), why)),
        }
    }
    Ok(found)
}

/// Returns the name of the row, whatever its bytes are.
fn name(row: &Row<'_>) -> String {
    let text = |column| row.get_ref(column).ok().and_then(|value| value.as_bytes().ok()).unwrap_or_default();
    let (service, host) = (String::from_utf8_lossy(text("service")), String::from_utf8_lossy(text("host")));
    format!("{service} on {host}")
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let process: Option<String> = row.get("process")?;
    let process: Option<Process> = process
        .map(|text| text.parse())
        .transpose()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::new(error)))?;
    Ok(Member {
        host: row.get("host")?,
        binary: row.get("service")?,
        topic: row.get("topic")?,
        process,
        created_at: Timestamp::from_nanos(row.get("created_at")?),
        last_seen: row.get::<_, Option<i64>>("last_seen")?.map(Timestamp::from_nanos),
        report_count: count(row.get("report_count")?)?,
        forced_down: row.get("forced_down")?,
        presence: if row.get("has_left")? {
            Presence::Absent
        } else {
            Presence::Heartbeat { age: row.get("age")? }
        },
    })
}

/// Converts an integer of `SQLite`, which is signed; a negative count was written by hand.
fn count(found: i64) -> rusqlite::Result<u64> {
    u64::try_from(found).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(6, found))
}
