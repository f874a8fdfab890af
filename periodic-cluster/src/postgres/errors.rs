use std::io;
use std::time::Duration;

use periodic_runtime::boxed::BoxError;
use tokio_postgres::error::SqlState;

use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call failed, without the name of the server.
#[derive(Debug)]
pub(super) enum PostgresError {
    Postgres(tokio_postgres::Error),
    /// There is no connection.
    Away(io::Error),
    NoTls(BoxError),
    /// The host's name has no address.
    Nowhere,
    /// There are several hosts, and this one accepts no writes.
    OnlyReads,
    /// The server sent more than it may.
    TooMuch(String),
    /// The schema has tables of another program.
    NotOurs {
        schema: String,
    },
    /// The schema was made by a newer version of this driver.
    Newer {
        schema: String,
        found: i64,
        known: usize,
    },
    /// The server did not answer in time.
    NoAnswer(Duration),
    /// The pool is closed.
    Closed,
}

impl From<tokio_postgres::Error> for PostgresError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

impl PostgresError {
    /// Whether the tables are missing, or were created again by a program that knows fewer columns.
    pub(super) fn is_no_table(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        matches!(
            error.code(),
            Some(&SqlState::UNDEFINED_TABLE | &SqlState::UNDEFINED_COLUMN | &SqlState::INVALID_SCHEMA_NAME)
        )
    }

    /// Whether the server answered, so that the connection is intact.
    pub(super) fn is_answer(&self) -> bool {
        matches!(self, Self::Postgres(error) if error.code().is_some() && kind(error) == MembershipErrorKind::Store)
    }

    pub(super) fn of(self, shown: &str) -> MembershipError {
        let store = |text| MembershipError::new(MembershipErrorKind::Store, text);
        let away = |text| MembershipError::new(MembershipErrorKind::Unavailable, text);
        match self {
            Self::NotOurs { schema } => store(format!(
                "the schema `{schema}` of {shown} has a table `services` of another program: expected a schema of \
                 its own; name another with `schema=`"
            )),
            Self::Newer { schema, found, known } => store(format!(
                "the schema `{schema}` of {shown} has members of version {found}, and this program knows those up to \
                 {known}: update the program"
            )),
            Self::NoAnswer(bound) => away(format!("{shown} did not answer within {bound:?}")),
            Self::Closed => away(format!("the connections to {shown} are closed")),
            Self::Away(cause) => away(format!("{shown} cannot be reached")).caused_by(cause),
            Self::NoTls(cause) => away(format!("{shown} offers no TLS that can be used")).caused_by(cause),
            Self::Nowhere => away(format!("{shown} cannot be reached: its host has no address")),
            Self::OnlyReads => away(format!("{shown} accepts only reads")),
            Self::TooMuch(why) => away(format!("{shown} sent too much: {why}")),
            Self::Postgres(cause) => {
                let kind = kind(&cause);
                let text = match kind {
                    MembershipErrorKind::Unavailable => format!("{shown} cannot be reached"),
                    _ => format!("{shown} refused the request"),
                };
                MembershipError::new(kind, text).caused_by(cause)
            }
        }
    }
}

fn kind(error: &tokio_postgres::Error) -> MembershipErrorKind {
    let Some(code) = error.code() else {
        // A value that does not fit the driver's own types is no fault of the network.
        let local = error.to_string().starts_with("error serializing")
            || error.to_string().starts_with("error deserializing");
        return if local { MembershipErrorKind::Store } else { MembershipErrorKind::Unavailable };
    };
    // Connections, resources, the operator, and a read-only server, such as during a failover.
    let passing = ["08", "53", "57"].iter().any(|class| code.code().starts_with(class))
        || [SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::LOCK_NOT_AVAILABLE].contains(code);
    if passing { MembershipErrorKind::Unavailable } else { MembershipErrorKind::Store }
}
