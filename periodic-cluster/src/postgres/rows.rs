use periodic_core::time::Timestamp;
use tokio_postgres::Row;

use super::errors::Failure;
use crate::{Member, Process, ProcessError, Sign};

pub(super) fn members(rows: &[Row]) -> Result<Vec<Member>, Failure> {
    rows.iter().map(member).collect()
}

/// Times are microseconds, which is what the server has.
fn member(row: &Row) -> Result<Member, Failure> {
    let process: Option<String> = row.try_get("process")?;
    let process: Option<Process> = process
        .map(|text| text.parse())
        .transpose()
        .map_err(|error: ProcessError| Failure::Row(error.to_string()))?;
    let nanos = |micros: i64| micros.saturating_mul(1_000);
    let reports: i64 = row.try_get("report_count")?;
    Ok(Member {
        host: row.try_get("host")?,
        service: row.try_get("service")?,
        topic: row.try_get("topic")?,
        process,
        created_at: Timestamp::from_nanos(nanos(row.try_get("created_at")?)),
        last_seen: row.try_get::<_, Option<i64>>("last_seen")?.map(nanos).map(Timestamp::from_nanos),
        report_count: u64::try_from(reports)
            .map_err(|_| Failure::Row(format!("{reports} heartbeats are fewer than none")))?,
        forced_down: row.try_get("forced_down")?,
        sign: if row.try_get("has_left")? {
            Sign::Absent
        } else {
            Sign::Heartbeat { age: nanos(row.try_get("age")?) }
        },
    })
}
