use std::fmt;
use std::io::Write as _;
use std::process::{ExitCode, Termination};

use tracing::{Level, error, event_enabled, warn};

use super::LaunchError;
use crate::boxed::chain;
use crate::catch_panic::catch_subscriber;

/// How a process of services ended. Returned from `main`, it sets the exit code.
///
/// | code | variant | meaning |
/// | --- | --- | --- |
/// | 0 | [`Stopped`](Self::Stopped) | it was asked to stop, and all ended in time |
/// | 1 | [`Failed`](Self::Failed) | it could not start, or ended by an error |
/// | 2 | [`Cut`](Self::Cut) | it was asked to stop, and something was cut when the grace time was over |
/// | 78 | [`Failed`](Self::Failed) | the settings or the table are at fault, so a restart does not help (`EX_CONFIG`) |
/// | 128 + n | [`Signal`](Self::Signal) | a second signal, of number n, ended it at once |
///
/// Whatever was not well is logged, at ERROR or, for what was cut, at WARN. Where no subscriber of `tracing` takes
/// that, because there is none yet or its filter leaves it out, a `main` that returns the exit writes it to the standard
/// error instead: so it is said once. Whoever logs to a file and wants it in the terminal, too, prints the exit, which
/// is [`Display`](fmt::Display).
///
/// A `main` with errors of its own, such as those of a command line, returns `Result<Exit, E>`; one that has codes of
/// its own returns [`ExitCode`], which an exit turns `into`.
#[derive(Debug)]
#[must_use = "return it from `main`, so that the exit code tells how the process ended"]
#[non_exhaustive]
pub enum Exit {
    /// All services stopped in time.
    Stopped,
    /// A service failed.
    Failed(LaunchError),
    /// The names of what was cut: runs, hooks, endpoints.
    Cut(Vec<String>),
    /// The number of the signal that ended the grace time.
    Signal(u8),
}

impl Exit {
    pub(super) fn failed(error: LaunchError) -> Self {
        Self::Failed(error).logged()
    }

    /// Logged here, because `main` does not print what is logged.
    pub(super) fn logged(self) -> Self {
        match &self {
            // Whoever hears the signal knows what is going, and says so.
            Self::Stopped | Self::Signal(_) => {}
            Self::Failed(_) => catch_subscriber(|| error!(error = %self, "the process ends")),
            Self::Cut(what) => {
                let cut = what.join(", ");
                catch_subscriber(|| warn!(cut, "the grace time was over; the process ends"));
            }
        }
        self
    }

    /// Whether a subscriber took what [`logged`](Self::logged) said, which it knows by the module and the level.
    fn is_said(&self) -> bool {
        match self {
            Self::Stopped => true,
            Self::Cut(_) => event_enabled!(Level::WARN),
            Self::Failed(_) | Self::Signal(_) => event_enabled!(Level::ERROR),
        }
    }

    /// The process's exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Stopped => 0,
            Self::Failed(error) if error.is_settings() => 78,
            Self::Failed(_) => 1,
            Self::Cut(_) => 2,
            Self::Signal(number) => number.saturating_add(128),
        }
    }

    /// Why a service failed, if one did.
    pub fn error(&self) -> Option<&LaunchError> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("all services have stopped"),
            Self::Failed(error) => f.write_str(&chain(error)),
            Self::Cut(what) => write!(f, "the grace time was over; cut: {}", what.join(", ")),
            Self::Signal(number) => write!(f, "ended at once by a second signal ({number})"),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        if !self.is_said() {
            // Nowhere is left to say that this failed.
            let _ = writeln!(std::io::stderr(), "Error: {self}");
        }
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::settings::SettingsSource;

    #[test]
    fn each_end_has_its_code() {
        assert_eq!(Exit::Stopped.code(), 0);
        assert_eq!(Exit::Cut(vec!["a".into()]).code(), 2);
        assert_eq!(Exit::Signal(15).code(), 143);
        let failed = Exit::Failed(LaunchError::NoService);
        assert_eq!(failed.code(), 1);
        assert!(matches!(failed.error(), Some(LaunchError::NoService)));
        assert!(Exit::Stopped.error().is_none());
        let bad =
            || SettingsSource::environment().variables([("PERIODIC_NONSENSE", "1")]).read().unwrap_err();
        assert_eq!(Exit::Failed(LaunchError::Make(bad().into())).code(), 78);
        let settings = Exit::Failed(LaunchError::Make(Error::from(bad()).into()));
        assert_eq!(settings.code(), 78);
        assert!(settings.to_string().starts_with("a service cannot be made: the settings"), "{settings}");
    }
}
