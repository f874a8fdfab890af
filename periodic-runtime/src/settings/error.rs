use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::Origin;
use crate::boxed::chain;

/// Why settings could not be read: all that was found at once, of very many mistakes some.
///
/// Its `Debug` prints as its `Display`, and the cause, so that it reads well where `main` returns it.
#[non_exhaustive]
pub enum SettingsError {
    /// The file could not be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// Something in the file or the environment is wrong.
    Invalid {
        /// The problems: at least one, at most 100.
        problems: Vec<SettingsProblem>,
        /// How many others were found.
        more: usize,
    },
}

impl SettingsError {
    /// What is wrong in the file and the environment; nothing where the file could not be read.
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

/// One thing that is wrong with settings. Printed, it names the place, what is wrong, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    origin: Origin,
    kind: ProblemKind,
    what: String,
}

/// The ways in which settings can be wrong before any task is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file is no TOML.
    Syntax,
    /// There is no such key or variable.
    UnknownKey,
    /// The value is of another type than the key's.
    Type,
    /// The value is none that the key may have.
    Value,
}

impl SettingsProblem {
    pub(super) fn new(origin: Origin, kind: ProblemKind, what: impl Into<String>) -> Self {
        Self { origin, kind, what: what.into() }
    }

    /// Where it stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What kind of mistake it is.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.what)
    }
}
