use std::error::Error;
use std::fmt;
use std::time::Duration;

use periodic_core::scheduler::ControlError;
use periodic_core::table::TableError;

use super::SettingsError;

/// The reason why settings were not put in force. The old ones stay.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReloadError {
    /// The settings could not be read.
    Settings(SettingsError),
    /// The settings could not be read in time: a file system hangs.
    TooLate(Duration),
    /// The manager's table cannot be built with them.
    Table(TableError),
    /// The scheduler refused them: the service is stopping, or has ended.
    Refused(ControlError),
}

/// The errors of other modules print their own text.
impl fmt::Display for ReloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(error) => fmt::Display::fmt(error, f),
            Self::TooLate(bound) => write!(f, "the settings could not be read within {bound:?}"),
            Self::Table(error) => fmt::Display::fmt(error, f),
            Self::Refused(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl Error for ReloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Settings(error) => error.source(),
            Self::TooLate(_) => None,
            Self::Table(error) => error.source(),
            Self::Refused(error) => error.source(),
        }
    }
}

impl From<SettingsError> for ReloadError {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}

impl From<TableError> for ReloadError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<ControlError> for ReloadError {
    fn from(error: ControlError) -> Self {
        Self::Refused(error)
    }
}
