use std::error::Error as StdError;
use std::io;

use crate::Error;
use crate::boxed::BoxError;
use crate::service::ServiceError;
use crate::settings::SettingsError;

/// Why a process failed to start its services, or ended although nobody had asked it to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LaunchError {
    /// There are no services.
    #[error("there is no service to launch; add one with `Launcher::service`")]
    NoService,
    /// [`Launcher::run`](super::Launcher::run) was called inside a tokio runtime.
    #[error(
        "`Launcher::run` makes a runtime of its own, and was called inside another: take `#[tokio::main]` and `async` \
         off `main`, or await `Launcher::launch` instead"
    )]
    InsideRuntime,
    /// The threads for the services could not be started.
    #[error("cannot start the runtime")]
    Runtime(#[source] io::Error),
    /// The signals could not be listened for.
    #[error("cannot listen for signals")]
    Signals(#[source] io::Error),
    /// A service could not be made.
    #[error("a service cannot be made")]
    Make(#[source] BoxError),
    /// A service did not start, or ended by an error.
    #[error(transparent)]
    Service(Box<ServiceError>),
    /// A service ended by a panic outside its tasks and hooks.
    #[error("a service panicked: {0}")]
    Panicked(String),
}

impl From<ServiceError> for LaunchError {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

impl LaunchError {
    /// Whether the settings are at fault, or the table that they were to change: then a restart does not help.
    pub fn is_settings(&self) -> bool {
        let mut error: Option<&(dyn StdError + 'static)> = Some(self);
        while let Some(this) = error {
            // A service may read its settings by itself, before it builds anything.
            if this.is::<SettingsError>()
                || matches!(this.downcast_ref(), Some(Error::Table(_) | Error::Settings(_)))
            {
                return true;
            }
            error = this.source();
        }
        false
    }
}
