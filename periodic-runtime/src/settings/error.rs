use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::Origin;
use crate::boxed::chain;

/// The reason why settings could not be read: all mistakes at once, at most 100 of them in full.
///
/// `Debug` prints the text of `Display` and the cause, because `main` prints a returned error by `Debug`.
#[non_exhaustive]
pub enum SettingsError {
    /// The file could not be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file or the environment has mistakes.
    Invalid {
        /// The problems: at least one, at most 100.
        problems: Vec<SettingsProblem>,
        /// The number of further mistakes.
        more: usize,
    },
}

impl SettingsError {
    /// Returns the mistakes in the file and the environment; empty if the file could not be read.
    pub fn problems(&self) -> &[SettingsProblem] {
        match self {
            Self::Unreadable { .. } => &[],
            Self::Invalid { problems, .. } => problems,
        }
    }
}

impl fmt::Debug for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, .. } => write!(f, "cannot read the settings file `{}`", file.display()),
            Self::Invalid { problems, more } => {
                lines(problems, f)?;
                if *more > 0 { write!(f, "\nand {more} more mistakes") } else { Ok(()) }
            }
        }
    }
}

impl Error for SettingsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            Self::Invalid { .. } => None,
        }
    }
}

fn lines(problems: &[SettingsProblem], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, problem) in problems.iter().enumerate() {
        if index > 0 {
            f.write_str("\n")?;
        }
        write!(f, "{problem}")?;
    }
    Ok(())
}

/// A mistake in the settings. `Display` gives the place, the mistake and the correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    origin: Origin,
    kind: ProblemKind,
    what: String,
}

/// The kinds of mistakes that are found before any task is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file is not valid TOML.
    Syntax,
    /// No such key or variable exists.
    UnknownKey,
    /// The value has another type than the key.
    Type,
    /// The value is not allowed for the key.
    Value,
}

impl SettingsProblem {
    pub(super) fn new(origin: Origin, kind: ProblemKind, what: impl Into<String>) -> Self {
        Self { origin, kind, what: what.into() }
    }

    /// Returns the place of the mistake.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the kind of the mistake.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.what)
    }
}
