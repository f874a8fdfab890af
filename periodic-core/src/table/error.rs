use core::fmt;

use periodic_text::quoted;

use crate::settings::{Origin, Settings, origin_prefix};
use crate::task::{NameError, TaskName};

/// Why a table could not be made: all that was found at once, of very many problems some.
///
/// Its `Debug` prints as its `Display`, so that it reads well where `main` returns it.
#[derive(Clone, PartialEq, Eq)]
pub struct TableError {
    pub(super) problems: Vec<TableProblem>,
    pub(super) more: usize,
}

impl TableError {
    /// The problems that were found: at least one, at most 100.
    pub fn problems(&self) -> &[TableProblem] {
        &self.problems
    }

    /// How many problems were found beside [`problems`](Self::problems).
    pub fn more(&self) -> usize {
        self.more
    }
}

impl fmt::Debug for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        if self.more > 0 { write!(f, "\nand {} more problems", self.more) } else { Ok(()) }
    }
}

impl core::error::Error for TableError {}

/// One thing that is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableProblem {
    /// A task would have a name that is none: its own, its manager's, or a key of a container.
    Name {
        /// The mistake in the name.
        name: NameError,
        /// Where the task comes from.
        of: String,
    },
    /// Two tasks have one full name.
    Duplicate {
        /// The name.
        name: TaskName,
        /// Where the first comes from.
        first: String,
        /// Where the second comes from.
        second: String,
    },
    /// An `except` names a task that the included manager does not have.
    UnknownException {
        /// The included field.
        field: String,
        /// What the `except` names.
        name: String,
        /// The tasks that there are, of many some.
        known: Vec<String>,
        /// How many others there are.
        more: usize,
    },
    /// The settings name a task that there is not.
    UnknownTask {
        /// The name in the settings, harmless to print, and cut where it is long.
        pattern: String,
        /// Where, unless it was in code.
        origin: Option<Origin>,
        /// The task that may have been meant.
        near: Option<TaskName>,
    },
    /// A schedule names a zone that there is not. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    UnknownZone {
        /// The task.
        task: TaskName,
        /// What it names.
        zone: crate::schedule::UnknownZone,
        /// Where the settings say so, unless it was in code.
        origin: Option<Origin>,
    },
    /// More names with a `*` are set than [`Settings::MOST_PATTERNS`](crate::Settings::MOST_PATTERNS).
    TooManyPatterns {
        /// How many.
        count: usize,
    },
    /// An option of the service is out of range. It was set in code: a file or a variable is refused where it is read.
    OptionOutOfRange {
        /// The mistake and the cure.
        what: String,
    },
    /// A declaration, with the settings applied, breaks a rule: a value that no task can have, or arguments that have
    /// no meaning together. The attributes refuse the same in the same words.
    BrokenRule {
        /// The task.
        task: TaskName,
        /// The mistake and the cure.
        what: &'static str,
        /// Where the settings that brought it about were written, unless it was in code.
        origin: Option<Origin>,
    },
}

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { name, of } => write!(f, "{name}; it is one of {of}"),
            Self::Duplicate { name, first, second } => write!(
                f,
                "two tasks are called `{name}`: one of {first} and one of {second}; \
                 give one another `name = \"..\"`, or leave it out with `except(..)`"
            ),
            Self::UnknownException { field, name, known, more } => {
                write!(f, "`except({name})` of `{}` names no task of it; its tasks are", quoted(field))?;
                for (index, known) in known.iter().enumerate() {
                    write!(f, "{} `{}`", if index > 0 { "," } else { "" }, quoted(known))?;
                }
                if *more > 0 { write!(f, " and {more} more") } else { Ok(()) }
            }
            Self::UnknownTask { pattern, origin, near } => {
                match origin {
                    Some(origin) => write!(f, "{origin}: no task is called `{pattern}`")?,
                    None => write!(f, "the settings name `{pattern}`, but no task is called that")?,
                }
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
            }
            #[cfg(feature = "cron")]
            Self::UnknownZone { task, zone, origin } => {
                write!(f, "{}`{task}`: {zone}", origin_prefix(origin.as_ref()))
            }
            Self::TooManyPatterns { count } => {
                let most = Settings::MOST_PATTERNS;
                write!(
                    f,
                    "the settings have {count} names with `*`, and at most {most} are tried: write fewer"
                )
            }
            Self::OptionOutOfRange { what } => f.write_str(what),
            Self::BrokenRule { task, what, origin } => {
                write!(f, "{}`{task}`: {what}", origin_prefix(origin.as_ref()))
            }
        }
    }
}

/// Something in a table that works but is likely not meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The task.
    pub task: TaskName,
    /// What is odd, and what to do.
    pub what: &'static str,
    /// Where the settings that brought it about were written, unless it was in code.
    pub origin: Option<Origin>,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}`{}`: {}", origin_prefix(self.origin.as_ref()), self.task, self.what)
    }
}
