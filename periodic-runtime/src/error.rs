use std::error::Error as StdError;
use std::fmt;

use periodic_core::table::TableError;
use periodic_core::task::NameError;

use crate::boxed::chain;
use crate::settings::SettingsError;

/// The reason why a service could not be started.
///
/// `Debug` prints the text of `Display` and the cause, because `main` prints a returned error by `Debug`.
#[non_exhaustive]
pub enum Error {
    /// The manager's table could not be built.
    Table(TableError),
    /// The host, the program or the topic of the service has an invalid name.
    Name(NameError),
    /// The settings could not be read.
    Settings(SettingsError),
    /// The process could not listen for the signals that stop the service.
    Signals(std::io::Error),
    /// Precise timers were requested, but are not available.
    NoPreciseTimers {
        /// The missing part.
        missing: &'static str,
    },
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => write!(f, "the task table cannot be made:\n{error}"),
            Self::Name(error) => error.fmt(f),
            Self::Settings(error) => write!(f, "the settings cannot be read:\n{error}"),
            Self::Signals(_) => f.write_str("cannot listen for SIGINT and SIGTERM"),
            Self::NoPreciseTimers { missing } => {
                write!(f, "`periodic_precise` needs precise timers, and this program has none: {missing}")
            }
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Table(error) => Some(error),
            Self::Settings(error) => Some(error),
            Self::Signals(error) => Some(error),
            Self::Name(_) | Self::NoPreciseTimers { .. } => None,
        }
    }
}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl From<SettingsError> for Error {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}
