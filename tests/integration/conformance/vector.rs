use core::fmt::Debug;

use super::counts::Counts;

/// A row of a table whose rows stand each for itself.
pub(super) trait Vector: Debug {
    /// Replays the row; the error says where the answer differs.
    fn replay(&self) -> Result<(), String>;
}

pub(super) fn replay<V: Vector>(rows: &[V]) -> Result<Counts, String> {
    for row in rows {
        row.replay().map_err(|here| format!("{row:?}: {here}"))?;
    }
    Ok(Counts { rows: rows.len(), ..Counts::default() })
}
