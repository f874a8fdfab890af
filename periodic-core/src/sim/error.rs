use core::fmt;
use core::time::Duration;

use periodic_text::quoted;

use super::span::BadSpan;
use crate::scheduler::ControlError;
use crate::table::TableError;
use crate::task::TaskName;
use crate::time::{TimestampError, nanos};

/// Why a simulation could not be made: all that was found at once, before anything ran.
///
/// Its `Debug` prints as its `Display`, so that `unwrap` in a test reads well.
#[derive(Clone, PartialEq, Eq)]
pub struct ScriptError {
    problems: Vec<ScriptProblem>,
}

impl ScriptError {
    pub(crate) fn new(problems: Vec<ScriptProblem>) -> Self {
        Self { problems }
    }

    /// What was found, at least one.
    pub fn problems(&self) -> &[ScriptProblem] {
        &self.problems
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for ScriptError {}

/// One thing that is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScriptProblem {
    /// The manager's table cannot be made.
    Table(TableError),
    /// A length of time cannot be read.
    Span {
        /// Where it stands.
        place: String,
        /// The text.
        text: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A time cannot be read.
    Moment {
        /// Where it stands.
        place: String,
        /// What is wrong with it.
        error: TimestampError,
    },
    /// A pattern names no task.
    UnknownTask {
        /// The pattern.
        pattern: String,
        /// The task that may have been meant.
        near: Option<TaskName>,
    },
    /// An event would be refused whenever it came.
    Refused {
        /// The event, and when it is to come.
        place: String,
        /// Why it would be refused.
        why: ControlError,
    },
    /// Something contradicts itself, or something else of the script.
    Contradiction {
        /// Where it stands.
        place: String,
        /// What contradicts what, and what to do.
        what: &'static str,
    },
}

impl ScriptProblem {
    pub(super) fn span(place: String, bad: &BadSpan) -> Self {
        let what = bad.error.map_or("a length of time is not negative", |error| error.problem.advice());
        Self::Span { place, text: bad.text.clone(), what }
    }

    pub(crate) fn contradiction(place: impl Into<String>, what: &'static str) -> Self {
        Self::Contradiction { place: place.into(), what }
    }
}

impl fmt::Display for ScriptProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Span { place, text, what } => write!(f, "{place}: `{}`: {what}", quoted(text)),
            Self::Moment { place, error } => write!(f, "{place}: {error}"),
            Self::UnknownTask { pattern, near } => {
                write!(f, "the script names `{}`, but no task is called that", quoted(pattern))?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
            }
            Self::Refused { place, why } => write!(f, "{place}: {why}"),
            Self::Contradiction { place, what } => write!(f, "{place}: {what}"),
        }
    }
}

/// An event that the service refused when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// When it came, counted from the start.
    pub at: Duration,
    /// The event, as it was written.
    pub event: String,
    /// Why it was refused; `None` where no process was there to take it.
    pub why: Option<ControlError>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = periodic_text::duration::written(nanos(self.at));
        write!(f, "`{}` at {at} was refused: ", self.event)?;
        match &self.why {
            Some(why) => why.fmt(f),
            None => f.write_str("the service is not running"),
        }
    }
}
