use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::SqliteMembership;
use super::errors::{SqliteError, no_answer};
use super::open::Open;
use crate::MembershipError;
use crate::caught::catch_subscriber;

/// The longest time of a call. Waits for locks end earlier, so this ends calls that a file system blocks.
const BOUND: Duration = Duration::from_secs(5);

impl SqliteMembership {
    /// Runs `work` with the connection, on a thread that may block.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, SqliteError> + Send + 'static,
    ) -> Result<T, MembershipError> {
        let file = Arc::clone(&self.file);
        let done = async {
            // Locked here, so that calls behind one that hangs wait without a thread each.
            let mut slot = Arc::clone(&self.connection).lock_owned().await;
            let path = Arc::clone(&file);
            tokio::task::spawn_blocking(move || call(&mut slot, &path, work)).await
        };
        match tokio::time::timeout(BOUND, done).await {
            Ok(Ok(end)) => end.map_err(|failure| failure.of(&file)),
            Ok(Err(lost)) => Err(no_answer(&file, "its thread panicked").caused_by(lost)),
            Err(_) => Err(no_answer(&file, &format!("nothing within {BOUND:?}"))),
        }
    }
}

fn call<T>(
    slot: &mut Option<Open>,
    path: &Path,
    work: impl FnOnce(&mut Connection) -> Result<T, SqliteError>,
) -> Result<T, SqliteError> {
    if let Some(open) = slot.take_if(|open| !open.is_at(path)) {
        catch_subscriber(
            || tracing::debug!(file = %path.display(), "the file was replaced and is opened again"),
        );
        drop(open);
    }
    let open = match slot {
        Some(open) => open,
        None => slot.insert(Open::new(path)?),
    };
    let end = work(&mut open.connection);
    // After a failure of the file the state of the connection is unknown.
    if matches!(end, Err(SqliteError::Sqlite(_))) {
        *slot = None;
    }
    end
}
