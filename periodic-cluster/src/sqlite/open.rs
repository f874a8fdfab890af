use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::errors::Failure;
use super::schema;

/// How long a call waits for other processes to be done with the file.
const BUSY: Duration = Duration::from_secs(3);

/// A connection, and the file that it is to.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) connection: Connection,
    file: FileId,
}

impl Open {
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
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

/// Readers and a writer do not wait for each other. A file system that cannot do this is used without.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let until = Instant::now() + BUSY;
    loop {
        // SQLite does not wait by itself where several processes change a new file's mode at once.
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
            // A heartbeat that a power failure takes with it has told of nothing that lasts.
            Ok(_) => return connection.pragma_update(None, "synchronous", "normal"),
        }
    }
}

/// Which file stands behind a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(Option<(u64, u64)>);

impl FileId {
    /// `None` inside where there is none.
    #[cfg(unix)]
    pub(super) fn at(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;

        Self(std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino())))
    }

    /// Files have no number there; but one that is open cannot be replaced either.
    #[cfg(not(unix))]
    pub(super) fn at(_: &Path) -> Self {
        Self(None)
    }
}
