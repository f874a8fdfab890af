use std::path::Path;

use rusqlite::ErrorCode;

use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call failed, without the name of the file.
#[derive(Debug)]
pub(super) enum SqliteError {
    Sqlite(rusqlite::Error),
    /// The file has tables of another program.
    NotOurs,
    /// The file was made by a newer version of this driver.
    Newer {
        found: i64,
        known: usize,
    },
    /// The file is intact; a rule refuses the call.
    Refused(MembershipError),
}

impl From<rusqlite::Error> for SqliteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<MembershipError> for SqliteError {
    fn from(error: MembershipError) -> Self {
        Self::Refused(error)
    }
}

impl SqliteError {
    pub(super) fn of(self, file: &Path) -> MembershipError {
        let file = file.display();
        let store = |text| MembershipError::new(MembershipErrorKind::Store, text);
        match self {
            Self::Refused(error) => error,
            Self::NotOurs => store(format!(
                "the SQLite file {file} belongs to another program: expected an empty or a new file, or one of members"
            )),
            Self::Newer { found, known } => store(format!(
                "the SQLite file {file} has members of version {found}, and this program knows those up to {known}: \
                 update the program"
            )),
            Self::Sqlite(cause) => {
                let kind = match cause.sqlite_error_code() {
                    Some(
                        ErrorCode::DatabaseBusy
                        | ErrorCode::DatabaseLocked
                        | ErrorCode::CannotOpen
                        | ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure,
                    ) => MembershipErrorKind::Unavailable,
                    _ => MembershipErrorKind::Store,
                };
                MembershipError::new(kind, format!("the SQLite file {file} cannot be used")).caused_by(cause)
            }
        }
    }
}

pub(super) fn no_path(file: &Path, cause: std::io::Error) -> MembershipError {
    let text = format!("`{}` is no path of a file", file.display());
    MembershipError::new(MembershipErrorKind::Url, text).caused_by(cause)
}

/// Returns the error of a call that did not end in time, or whose thread was lost.
pub(super) fn no_answer(file: &Path, why: &str) -> MembershipError {
    let text = format!("the SQLite file {} did not answer: {why}", file.display());
    MembershipError::new(MembershipErrorKind::Unavailable, text)
}
