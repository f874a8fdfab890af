use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::errors::SqliteError;
use super::schema;

/// The longest wait of a call for other processes that use the file.
const BUSY: Duration = Duration::from_secs(3);

/// A connection, and the file to which it leads.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) connection: Connection,
    file: FileId,
}

impl Open {
    pub(super) fn new(path: &Path) -> Result<Self, SqliteError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        let file = FileId::at(path);
        connection.busy_timeout(BUSY)?;
        schema::migrate(&mut connection)?;
        write_ahead(&connection)?;
        Ok(Self { connection, file })
    }

    /// Whether the path still leads to the file that was opened.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.file == FileId::at(path)
    }
}

/// Turns on write-ahead logging, so that readers and a writer do not wait for each other. A file system without support
/// for it is used without.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let until = Instant::now() + BUSY;
    loop {
        // SQLite itself does not wait if several processes change a new file's mode at once.
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
            // A heartbeat that is lost in a power failure has no lasting effect.
            Ok(_) => return connection.pragma_update(None, "synchronous", "normal"),
        }
    }
}

/// The identity of the file at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(Option<(u64, u64)>);

impl FileId {
    /// Returns the identity; `None` inside if there is no file.
    #[cfg(unix)]
    pub(super) fn at(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;

        Self(std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino())))
    }

    /// Returns no identity: files have no number here, but an open file cannot be replaced either.
    #[cfg(not(unix))]
    pub(super) fn at(_: &Path) -> Self {
        Self(None)
    }
}
