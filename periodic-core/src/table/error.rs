use core::fmt;

use periodic_text::quoted;

use crate::manager::problems::{Problems, RowProblem};
use crate::settings::{Origin, Settings, origin_prefix};
use crate::task::{NameError, TaskName};

/// The error of a table that could not be built: all mistakes at once, up to a limit.
///
/// Its `Debug` prints the same as its `Display`, so that it is readable when `main` returns it.
#[derive(Clone, PartialEq, Eq)]
pub struct TableError {
    problems: Vec<TableProblem>,
    more: usize,
}

impl TableError {
    /// Creates the error, if there is a problem.
    pub(super) fn of(problems: Problems<TableProblem>) -> Option<Self> {
        let (problems, more) = problems.into_parts();
        (!problems.is_empty()).then_some(Self { problems, more })
    }

    /// Returns the problems: at least one, at most 100.
    pub fn problems(&self) -> &[TableProblem] {
        &self.problems
    }

    /// Returns the number of problems beyond [`problems`](Self::problems).
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

/// One mistake in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableProblem {
    /// A task would have an invalid name: its own, its manager's, or a key of a container.
    Name {
        /// The mistake in the name.
        name: NameError,
        /// The origin of the task.
        of: String,
    },
    /// Two tasks have one full name.
    Duplicate {
        /// The name.
        name: TaskName,
        /// The origin of the first.
        first: String,
        /// The origin of the second.
        second: String,
    },
    /// An `except` names a task that the included manager does not have.
    UnknownException {
        /// The included field.
        field: String,
        /// The name in the `except`.
        name: String,
        /// The known tasks; only some if they are many.
        known: Vec<String>,
        /// The number of the others.
        more: usize,
    },
    /// The settings name an unknown task.
    UnknownTask {
        /// The name in the settings, harmless to print, and cut if it is long.
        pattern: String,
        /// The place of the setting; `None` if it was set in code.
        origin: Option<Origin>,
        /// The task that may have been meant.
        near: Option<TaskName>,
    },
    /// A schedule names an unknown zone. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    UnknownZone {
        /// The task.
        task: TaskName,
        /// The error about the zone.
        zone: crate::schedule::UnknownZone,
        /// The place of the setting; `None` if it was set in code.
        origin: Option<Origin>,
    },
    /// More names with a `*` are set than [`Settings::MOST_PATTERNS`](crate::Settings::MOST_PATTERNS).
    TooManyPatterns {
        /// How many.
        count: usize,
    },
    /// An option of the service is out of range. Only code can set one: a file or a variable is refused when it is
    /// read.
    OptionOutOfRange {
        /// The mistake and the correction.
        what: String,
    },
    /// A declaration breaks a rule with the settings applied: an invalid value, or arguments without a meaning
    /// together. The attributes refuse the same with the same message.
    BrokenRule {
        /// The task.
        task: TaskName,
        /// The mistake and the correction.
        what: &'static str,
        /// The place of the setting that caused it; `None` if it was set in code.
        origin: Option<Origin>,
    },
}

impl From<RowProblem> for TableProblem {
    fn from(problem: RowProblem) -> Self {
        match problem {
            RowProblem::Name { name, of } => Self::Name { name, of },
            RowProblem::UnknownException { field, name, known, more } => {
                Self::UnknownException { field, name, known, more }
            }
        }
    }
}

impl fmt::Display for TableProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { name, of } => write!(f, "{name}; it is one of {of}"),
            Self::Duplicate { name, first, second } => write!(
                f,
                "two tasks are called `{name}`: one of {first} and one of {second}; \
                 give one another `name = \"..\"`, or leave one out with `except(..)`"
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
