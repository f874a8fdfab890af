use core::fmt;
use core::time::Duration;

use periodic_text::quoted;

use super::span::BadSpan;
use crate::scheduler::ControlError;
use crate::table::TableError;
use crate::task::TaskName;
use crate::time::{TimestampError, nanos};

/// The error of a simulation that could not be created: all mistakes at once, before anything runs.
///
/// Its `Debug` prints the same as its `Display`, so that `unwrap` in a test is readable.
#[derive(Clone, PartialEq, Eq)]
pub struct ScriptError {
    problems: Vec<ScriptProblem>,
}

impl ScriptError {
    pub(crate) fn new(problems: Vec<ScriptProblem>) -> Self {
        Self { problems }
    }

    /// Returns the mistakes, at least one.
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

/// One mistake in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScriptProblem {
    /// The manager's table cannot be built.
    Table(TableError),
    /// A duration cannot be read.
    Span {
        /// Its place in the script.
        place: String,
        /// The text.
        text: String,
        /// The mistake in it.
        what: &'static str,
    },
    /// A time cannot be read.
    Moment {
        /// Its place in the script.
        place: String,
        /// The mistake in it.
        error: TimestampError,
    },
    /// A pattern names no task.
    UnknownTask {
        /// The pattern.
        pattern: String,
        /// The task that may have been meant.
        near: Option<TaskName>,
    },
    /// An event would be refused at any time.
    Refused {
        /// The event and its time.
        place: String,
        /// The reason why it would be refused.
        why: ControlError,
    },
    /// A part contradicts itself, or another part of the script.
    Contradiction {
        /// Its place in the script.
        place: String,
        /// The contradiction and the correction.
        what: &'static str,
    },
}

impl ScriptProblem {
    pub(super) fn span(place: String, bad: &BadSpan) -> Self {
        let what = bad
            .error
            .map_or("a duration cannot be negative: write 0 or more", |error| error.problem.advice());
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

/// An event that the service refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The time of the event, counted from the start.
    pub at: Duration,
    /// The event, as it was written.
    pub event: String,
    /// The reason for the refusal; `None` if no process was running.
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
