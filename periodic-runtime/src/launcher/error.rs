use std::error::Error as StdError;
use std::fmt;
use std::io;

use crate::Error;
use crate::boxed::{BoxError, CAUSES};
use crate::catch_panic::catch_panic;
use crate::service::ServiceError;
use crate::settings::SettingsError;

/// The reason why a process failed to start its services, or ended without being asked to.
#[derive(Debug)]
#[non_exhaustive]
pub enum LaunchError {
    /// The launcher has no services.
    NoService,
    /// [`Launcher::run`](super::Launcher::run) was called inside a tokio runtime.
    InsideRuntime,
    /// The threads for the services could not be started.
    Runtime(io::Error),
    /// The process could not listen for signals.
    Signals(io::Error),
    /// A service could not be created.
    Make(BoxError),
    /// A service did not start, or ended by an error.
    Service(Box<ServiceError>),
    /// A service ended by a panic outside its tasks and hooks.
    Panicked(String),
}

impl fmt::Display for LaunchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoService => f.write_str("there is no service to launch; add one with `Launcher::service`"),
            Self::InsideRuntime => f.write_str(
                "`Launcher::run` creates its own runtime, and was called inside another: remove \
                 `#[tokio::main]` and `async` from `main`, or await `Launcher::launch` instead",
            ),
            Self::Runtime(_) => f.write_str("cannot start the runtime"),
            Self::Signals(_) => f.write_str("cannot listen for signals"),
            Self::Make(_) => f.write_str("a service cannot be made"),
            Self::Service(error) => fmt::Display::fmt(error, f),
            Self::Panicked(text) => write!(f, "a service panicked: {text}"),
        }
    }
}

impl StdError for LaunchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::NoService | Self::InsideRuntime | Self::Panicked(_) => None,
            Self::Runtime(error) | Self::Signals(error) => Some(error),
            Self::Make(error) => Some(&**error),
            Self::Service(error) => error.source(),
        }
    }
}

impl From<ServiceError> for LaunchError {
    fn from(error: ServiceError) -> Self {
        Self::Service(Box::new(error))
    }
}

impl LaunchError {
    /// Whether the settings are at fault, or the table that they change: then a restart does not help.
    pub fn is_settings(&self) -> bool {
        let this: &(dyn StdError + 'static) = self;
        // The causes are the user's.
        let is_settings = catch_panic(|| {
            let mut errors = std::iter::successors(Some(this), |error| (**error).source()).take(CAUSES);
            // A service may read its settings by itself, before it builds anything.
            errors.any(|error| {
                error.is::<SettingsError>()
                    || matches!(error.downcast_ref(), Some(Error::Table(_) | Error::Settings(_)))
            })
        });
        is_settings.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An error that is its own cause.
    #[derive(Debug)]
    struct Circular;

    impl fmt::Display for Circular {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("no end")
        }
    }

    impl StdError for Circular {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(self)
        }
    }

    /// Without a bound this never returns.
    #[test]
    fn settings_are_looked_for_among_the_first_causes() {
        assert!(!LaunchError::Make(Box::new(Circular)).is_settings());
    }
}
