use periodic::schedule;
use serde::Deserialize;

use super::counts::Counts;
use super::seconds::Seconds;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    last_run: Option<Seconds>,
    spacing: Seconds,
    now: Seconds,
    expect: Seconds,
}

pub(super) fn replay(rows: &[Row]) -> Result<Counts, String> {
    for row in rows {
        let spacing =
            row.spacing.interval().spacing().ok_or_else(|| format!("{row:?}: a negative spacing"))?;
        let boundary =
            schedule::nearest_boundary(row.last_run.map(Seconds::instant), spacing, row.now.instant());
        if boundary != row.expect.instant() {
            return Err(format!("{row:?}: the boundary here is {:?}", Seconds::from(boundary)));
        }
    }
    Ok(Counts { rows: rows.len(), ..Counts::default() })
}
