use std::fmt;

use periodic_core::table::TableError;

use crate::boxed::chain;
use crate::settings::SettingsError;

/// Why a service could not be started.
///
/// Its `Debug` prints as its `Display`, and the cause, so that it reads well where `main` returns it.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The manager's table could not be made.
    #[error("the task table cannot be made:\n{0}")]
    Table(#[from] TableError),
    /// The settings could not be read.
    #[error("the settings cannot be read:\n{0}")]
    Settings(#[from] SettingsError),
    /// The signals that stop the service could not be listened for.
    #[error("cannot listen for SIGINT and SIGTERM")]
    Signals(#[source] std::io::Error),
    /// Precise timers are wanted where there are none.
    #[error("precise timers are wanted (`periodic_precise`), but this program has none: {missing}")]
    NoPreciseTimers {
        /// What it lacks.
        missing: &'static str,
    },
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}
