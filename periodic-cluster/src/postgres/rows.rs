use periodic_core::time::Timestamp;
use periodic_runtime::boxed::BoxError;
use tokio_postgres::Row;

use super::errors::PostgresError;
use crate::rows::Found;
use crate::unreadable::Skipped;
use crate::{Member, Presence, Process};

pub(super) fn members(rows: &[Row]) -> Result<Found, PostgresError> {
    let mut found = Found::default();
    for row in rows {
        found.wall = row.try_get::<_, Option<i64>>("now")?.map(nanos).map(Timestamp::from_nanos);
        match member(row) {
            Ok(member) => found.members.push(member),
            Err(why) => found.skipped.push(Skipped::new(&name(row), why)),
        }
    }
    Ok(found)
}

fn name(row: &Row) -> String {
    let text = |column| row.try_get(column).unwrap_or("?");
    format!("{} on {}", text("service"), text("host"))
}

fn member(row: &Row) -> Result<Member, BoxError> {
    let time = |column: &str| {
        let micros: Option<i64> = row.try_get(column)?;
        micros.map(nanos).ok_or_else(|| BoxError::from(format!("its `{column}` is no time")))
    };
    let process: Option<String> = row.try_get("process")?;
    let process: Option<Process> = process.map(|text| text.parse()).transpose()?;
    let reports: i64 = row.try_get("report_count")?;
    let last_seen = if row.try_get("is_new")? { None } else { Some(time("last_seen")?) };
    Ok(Member {
        host: row.try_get("host")?,
        binary: row.try_get("service")?,
        topic: row.try_get("topic")?,
        process,
        created_at: Timestamp::from_nanos(time("created_at")?),
        last_seen: last_seen.map(Timestamp::from_nanos),
        report_count: u64::try_from(reports)
            .map_err(|_| format!("its `report_count` is {reports}, which is below zero"))?,
        forced_down: row.try_get("forced_down")?,
        presence: if row.try_get("has_left")? {
            Presence::Absent
        } else {
            Presence::Heartbeat { age: time("age")? }
        },
    })
}

/// Converts the microseconds of the server to nanoseconds.
fn nanos(micros: i64) -> i64 {
    micros.saturating_mul(1_000)
}
