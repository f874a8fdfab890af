use std::error::Error as StdError;
use std::time::Duration;
use std::{fmt, io};

use periodic_core::scheduler::ControlError;
use periodic_core::table::TableError;
use periodic_core::task::NameError;

use crate::boxed::{BoxError, CAUSES, chain};
use crate::catch_panic::catch_panic;
use crate::service::StartStep;
use crate::settings::SettingsError;

/// The reason why a runner, a service or a process could not be built or started, was not reloaded, or ended without
/// being asked to.
///
/// Its text is for people; a program asks for the [`kind`](Self::kind) and for the error that caused it. `Debug` prints
/// the text and the causes, because `main` prints a returned error by `Debug`.
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # fn main() {
/// use periodic_core::settings::{Settings, TaskSettings};
/// use periodic_runtime::{ErrorKind, Runner};
///
/// let settings = Settings::new().task("Manager.pol", TaskSettings::new().enabled(false));
/// let error = Runner::builder(Manager).settings(settings).build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Table);
/// assert_eq!(error.table().unwrap().problems().len(), 1);
/// # }
/// ```
pub struct Error(Box<Reason>);

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The task table could not be built.
    Table,
    /// The settings could not be read, or the host, the program or the topic of the service has an invalid name.
    Settings,
    /// New settings were not put in force; the old ones stay.
    Reload,
    /// The process could not listen for signals.
    Signals,
    /// Precise timers were requested, but are not available.
    Timers,
    /// A step of a service's start failed. The steps before it were taken back.
    Start,
    /// An endpoint of a service ended by itself, and the service was stopped.
    Endpoint,
    /// The process could not launch its services, or one of them panicked outside its tasks and hooks.
    Launch,
}

/// The reason of an [`Error`].
pub(crate) enum Reason {
    Table(TableError),
    Name(NameError),
    Settings(SettingsError),
    Reload(Reload),
    Signals(io::Error),
    NoPreciseTimers {
        missing: &'static str,
    },
    Start {
        service: String,
        step: StartStep,
        cause: BoxError,
    },
    Endpoint {
        service: String,
        endpoint: String,
        cause: Option<BoxError>,
    },
    /// The launcher has no services.
    NoService,
    /// `Launcher::run` was called inside a tokio runtime.
    InsideRuntime,
    Runtime(io::Error),
    /// A service could not be created.
    Make(BoxError),
    Panicked(String),
}

/// The reason why settings were not put in force. The errors of other modules print their own text.
pub(crate) enum Reload {
    Settings(SettingsError),
    /// The settings could not be read in time: a file system hangs.
    TooLate(Duration),
    Table(TableError),
    Refused(ControlError),
}

impl Error {
    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Reason::Table(_) => ErrorKind::Table,
            Reason::Name(_) | Reason::Settings(_) => ErrorKind::Settings,
            Reason::Reload(_) => ErrorKind::Reload,
            Reason::Signals(_) => ErrorKind::Signals,
            Reason::NoPreciseTimers { .. } => ErrorKind::Timers,
            Reason::Start { .. } => ErrorKind::Start,
            Reason::Endpoint { .. } => ErrorKind::Endpoint,
            Reason::NoService
            | Reason::InsideRuntime
            | Reason::Runtime(_)
            | Reason::Make(_)
            | Reason::Panicked(_) => ErrorKind::Launch,
        }
    }

    /// Returns the error of the task table, if that could not be built.
    pub fn table(&self) -> Option<&TableError> {
        match &*self.0 {
            Reason::Table(error) | Reason::Reload(Reload::Table(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns the error of the settings, if those could not be read.
    pub fn settings(&self) -> Option<&SettingsError> {
        match &*self.0 {
            Reason::Settings(error) | Reason::Reload(Reload::Settings(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns the scheduler's reason for refusing new settings.
    pub fn control(&self) -> Option<&ControlError> {
        match &*self.0 {
            Reason::Reload(Reload::Refused(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns the step of a service's start that failed.
    pub fn step(&self) -> Option<StartStep> {
        match &*self.0 {
            Reason::Start { step, .. } => Some(*step),
            _ => None,
        }
    }

    /// Returns the name of the endpoint that ended by itself.
    pub fn endpoint(&self) -> Option<&str> {
        match &*self.0 {
            Reason::Endpoint { endpoint, .. } => Some(endpoint),
            _ => None,
        }
    }

    /// Whether the settings are at fault, or the table that they change: then a restart does not help.
    pub(crate) fn is_of_settings(&self) -> bool {
        let this: &(dyn StdError + 'static) = self;
        // The causes are the user's.
        let is_of_settings = catch_panic(|| {
            let mut errors = std::iter::successors(Some(this), |error| (**error).source()).take(CAUSES);
            // A service may read its settings by itself, before it builds anything.
            errors.any(|error| {
                error.is::<SettingsError>()
                    || error
                        .downcast_ref::<Self>()
                        .is_some_and(|error| matches!(error.kind(), ErrorKind::Table | ErrorKind::Settings))
            })
        });
        is_of_settings.unwrap_or(false)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Reason::Table(error) => write!(f, "the task table cannot be made:\n{error}"),
            Reason::Name(error) => error.fmt(f),
            Reason::Settings(error) => write!(f, "the settings cannot be read:\n{error}"),
            Reason::Reload(error) => error.fmt(f),
            Reason::Signals(_) => f.write_str("cannot listen for signals"),
            Reason::NoPreciseTimers { missing } => {
                write!(f, "`periodic_precise` needs precise timers, and this program has none: {missing}")
            }
            Reason::Start { service, step, .. } => {
                write!(f, "the service {service} did not start: {step} failed")
            }
            Reason::Endpoint { service, endpoint, .. } => {
                write!(f, "the service {service} stopped: its endpoint `{endpoint}` ended by itself")
            }
            Reason::NoService => {
                f.write_str("there is no service to launch; add one with `Launcher::service`")
            }
            Reason::InsideRuntime => f.write_str(
                "`Launcher::run` creates its own runtime, and was called inside another: remove \
                 `#[tokio::main]` and `async` from `main`, or await `Launcher::launch` instead",
            ),
            Reason::Runtime(_) => f.write_str("cannot start the runtime"),
            Reason::Make(_) => f.write_str("a service cannot be made"),
            Reason::Panicked(text) => write!(f, "a service panicked: {text}"),
        }
    }
}

impl fmt::Display for Reload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(error) => error.fmt(f),
            Self::TooLate(bound) => write!(f, "the settings could not be read within {bound:?}"),
            Self::Table(error) => error.fmt(f),
            Self::Refused(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Reason::Table(error) => Some(error),
            Reason::Settings(error) => Some(error),
            Reason::Signals(error) | Reason::Runtime(error) => Some(error),
            Reason::Start { cause, .. } | Reason::Make(cause) => Some(&**cause),
            Reason::Endpoint { cause, .. } => cause.as_deref().map(|cause| cause as _),
            Reason::Reload(Reload::Settings(error)) => error.source(),
            Reason::Reload(Reload::Table(error)) => error.source(),
            Reason::Reload(Reload::Refused(error)) => error.source(),
            Reason::Name(_)
            | Reason::Reload(Reload::TooLate(_))
            | Reason::NoPreciseTimers { .. }
            | Reason::NoService
            | Reason::InsideRuntime
            | Reason::Panicked(_) => None,
        }
    }
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self(Box::new(reason))
    }
}

impl From<Reload> for Error {
    fn from(reason: Reload) -> Self {
        Reason::Reload(reason).into()
    }
}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        Reason::Table(error).into()
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Self {
        Reason::Name(error).into()
    }
}

impl From<SettingsError> for Error {
    fn from(error: SettingsError) -> Self {
        Reason::Settings(error).into()
    }
}

impl From<SettingsError> for Reload {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}

impl From<TableError> for Reload {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<ControlError> for Reload {
    fn from(error: ControlError) -> Self {
        Self::Refused(error)
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
        assert!(!Error::from(Reason::Make(Box::new(Circular))).is_of_settings());
    }

    #[test]
    fn debug_prints_the_causes() {
        let error = |cause| {
            Error::from(Reason::Start {
                service: "compute on node-1".into(),
                step: StartStep::Join,
                cause: Box::new(io::Error::other(cause)),
            })
        };
        assert_eq!(
            format!("{:?}", error("no route")),
            "the service compute on node-1 did not start: joining the membership failed: no route"
        );
        assert_eq!((error("").kind(), error("").step()), (ErrorKind::Start, Some(StartStep::Join)));
    }
}
