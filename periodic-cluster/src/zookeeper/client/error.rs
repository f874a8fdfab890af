use std::sync::Arc;
use std::{fmt, io};

/// The reason why ZooKeeper has not done a call.
#[derive(Clone, Debug)]
pub(crate) enum Error {
    NoNode,
    NodeExists,
    BadVersion,
    NoAuth,
    AuthFailed,
    SessionExpired,
    SessionMoved,
    NotReadOnly,
    Throttled,
    /// Another refusal, by its number.
    Refused(i32),
    /// The answer has more bytes than are kept.
    TooLong(usize),
    /// The answer cannot be read.
    Garbled(&'static str),
    /// No connection, or one that is lost.
    Lost(Arc<io::Error>),
}

impl Error {
    /// Returns the error of a code that is not zero.
    pub(super) fn of(code: i32) -> Self {
        match code {
            -101 => Self::NoNode,
            -102 => Self::NoAuth,
            -103 => Self::BadVersion,
            -110 => Self::NodeExists,
            -112 => Self::SessionExpired,
            -115 | -124 => Self::AuthFailed,
            -118 => Self::SessionMoved,
            -119 => Self::NotReadOnly,
            -127 => Self::Throttled,
            other => Self::Refused(other),
        }
    }

    /// Whether the session has ended, so that no other server continues it.
    pub(super) fn ends_session(&self) -> bool {
        matches!(self, Self::SessionExpired | Self::AuthFailed)
    }

    /// Returns the error of a connection whose server breaks the protocol.
    pub(super) fn broken(why: String) -> Self {
        io::Error::new(io::ErrorKind::InvalidData, why).into()
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Lost(Arc::new(error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNode => "the node does not exist",
            Self::NodeExists => "the node exists already",
            Self::BadVersion => "the node has changed",
            Self::NoAuth => "not authorized",
            Self::AuthFailed => "authentication failed",
            Self::SessionExpired => "the session has expired",
            Self::SessionMoved => "the session has moved to another server",
            Self::NotReadOnly => "the server does not write at present",
            Self::Throttled => "the server is overloaded",
            Self::Refused(code) => return write!(f, "the server refuses with code {code}"),
            Self::TooLong(length) => {
                return write!(
                    f,
                    "it answers with {length} bytes: expected at most {}",
                    super::incoming::MESSAGE
                );
            }
            Self::Garbled(why) => return write!(f, "its answer cannot be read: {why}"),
            Self::Lost(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for Error {}
