use std::fmt;
use std::io::Write as _;
use std::process::{ExitCode, Termination};

use super::LaunchError;
use crate::boxed::chain;

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
/// All is logged, too. A `main` that returns it also writes what was not well to the standard error, as one that
/// returns a `Result` does: so that it is seen where nothing listens to the log yet. Whoever wants it otherwise returns
/// [`ExitCode`], by `into`.
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
    /// Logged here, because `main` may not print it.
    pub(super) fn failed(error: LaunchError) -> Self {
        tracing::error!(error = chain(&error), "the process ends");
        Self::Failed(error)
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
        if !matches!(self, Self::Stopped) {
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
        assert_eq!(Exit::Failed(LaunchError::NoService).code(), 1);
        let bad = SettingsSource::environment().variables([("PERIODIC_NONSENSE", "1")]).read().unwrap_err();
        let settings = Exit::Failed(LaunchError::Make(Error::from(bad).into()));
        assert_eq!(settings.code(), 78);
        assert!(settings.to_string().starts_with("a service cannot be made: the settings"), "{settings}");
    }
}
