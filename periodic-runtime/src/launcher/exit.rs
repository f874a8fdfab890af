use std::fmt;
use std::io::Write as _;
use std::process::{ExitCode, Termination};

use tracing::{Level, error, event_enabled, warn};

use crate::Error;
use crate::boxed::chain;
use crate::catch_panic::{catch_panic, catch_subscriber, drop_quietly};
use crate::error::Reason;

/// The way in which a process of services ended. Returned from `main`, it sets the exit code.
///
/// | code | variant | meaning |
/// | --- | --- | --- |
/// | 0 | [`Stopped`](Self::Stopped) | it was asked to stop, and all ended in time |
/// | 1 | [`Failed`](Self::Failed) | it could not start, or ended by an error |
/// | 2 | [`Cut`](Self::Cut) | it was asked to stop, and something was cut when the grace time was over |
/// | 78 | [`Failed`](Self::Failed) | the settings or the table are at fault, so a restart does not help (`EX_CONFIG`) |
/// | 128 + n | [`Signal`](Self::Signal) | a second signal, of number n, ended it at once |
///
/// Failures are logged at ERROR, cuts at WARN. A subscriber of `tracing` may not take that record: there is none yet,
/// or its filter leaves it out. Then a `main` that returns the exit writes it to standard error instead, so each
/// failure is written once. To log to a file and write to the terminal too, print the exit, which is
/// [`Display`](fmt::Display).
///
/// A `main` with errors of its own, such as those of a command line, returns `Result<Exit, E>`. A `main` with codes of
/// its own returns [`ExitCode`], into which an exit converts.
///
/// # Examples
/// ```
/// use periodic_runtime::Exit;
///
/// assert_eq!(Exit::Stopped.code(), 0);
/// assert_eq!(Exit::Signal(15).code(), 143);
/// let cut = Exit::Cut(vec!["Manager.poll".into()]);
/// assert_eq!((cut.code(), cut.to_string()), (2, "the grace time has ended; cut: Manager.poll".into()));
/// ```
#[derive(Debug)]
#[must_use = "return it from `main`: it holds the exit code of the process"]
#[non_exhaustive]
pub enum Exit {
    /// All services stopped in time.
    Stopped,
    /// A service failed.
    Failed(Error),
    /// The grace time ended; the names of the runs, hooks and endpoints that were cut.
    Cut(Vec<String>),
    /// A second signal ended the grace time; its number.
    Signal(u8),
}

impl Exit {
    pub(super) fn failed(reason: Reason) -> Self {
        Self::Failed(reason.into()).logged()
    }

    /// Logs the exit, because `main` does not print a logged exit.
    pub(super) fn logged(self) -> Self {
        match &self {
            // The receiver of the signal logs it, with the active runs.
            Self::Stopped | Self::Signal(_) => {}
            Self::Failed(_) => catch_subscriber(|| error!(error = %self, "the process ends")),
            Self::Cut(what) => {
                let cut = what.join(", ");
                catch_subscriber(|| warn!(cut, "the grace time has ended; the process ends"));
            }
        }
        self
    }

    /// Whether a subscriber took the record of [`logged`](Self::logged), found by the module and the level.
    fn is_said(&self) -> bool {
        match self {
            Self::Stopped => true,
            Self::Cut(_) => event_enabled!(Level::WARN),
            Self::Failed(_) | Self::Signal(_) => event_enabled!(Level::ERROR),
        }
    }

    /// Returns the process's exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Stopped => 0,
            Self::Failed(error) if error.is_of_settings() => 78,
            Self::Failed(_) => 1,
            Self::Cut(_) => 2,
            Self::Signal(number) => number.saturating_add(128),
        }
    }

    /// Returns the error of the service that failed, if one did.
    pub fn error(&self) -> Option<&Error> {
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
            Self::Cut(what) => write!(f, "the grace time has ended; cut: {}", what.join(", ")),
            Self::Signal(number) => write!(f, "ended at once by a second signal ({number})"),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        let code = exit.code();
        // The cause of a failure is the user's: a panic in its drop must not take the place of the code.
        drop_quietly(exit);
        code.into()
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        if !catch_panic(|| self.is_said()).unwrap_or(false) {
            // A failure of this write cannot be reported anywhere.
            let _ = writeln!(std::io::stderr(), "Error: {self}");
        }
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::task::TaskName;

    use super::*;
    use crate::ErrorKind;
    use crate::settings::SettingsSource;

    #[test]
    fn each_end_has_its_code() {
        assert_eq!(Exit::Stopped.code(), 0);
        assert_eq!(Exit::Cut(vec!["a".into()]).code(), 2);
        assert_eq!(Exit::Signal(15).code(), 143);
        let failed = Exit::Failed(Reason::NoService.into());
        assert_eq!(failed.code(), 1);
        assert_eq!(failed.error().map(Error::kind), Some(ErrorKind::Launch));
        assert_eq!(format!("{:?}", failed.report()), format!("{:?}", ExitCode::FAILURE));
        assert!(Exit::Stopped.error().is_none());
        let bad =
            || SettingsSource::environment().variables([("PERIODIC_NONSENSE", "1")]).read().unwrap_err();
        assert_eq!(Exit::Failed(Reason::Make(bad().into()).into()).code(), 78);
        let settings = Exit::Failed(Reason::Make(Error::from(bad()).into()).into());
        assert_eq!(settings.code(), 78);
        let name = Error::from(TaskName::new("Manager", "a b").unwrap_err());
        assert_eq!((name.kind(), Exit::Failed(name).code()), (ErrorKind::Settings, 78));
        assert!(settings.to_string().starts_with("a service cannot be made: the settings"), "{settings}");
    }
}
