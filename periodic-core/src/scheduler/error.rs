use core::fmt;

use periodic_text::quoted;

use crate::task::{LeftOut, NameError, TaskName};

/// The reason why a control call was refused. A refused call changes nothing.
///
/// Its `Debug` prints the same as its `Display`, so that it is readable where `main` returns it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// No task has that name.
    Unknown {
        /// The name in the call, escaped for printing and truncated if it is long.
        name: String,
        /// The task that may have been meant. The scheduler does not search for it: see
        /// [`hinted`](ControlError::hinted).
        near: Option<TaskName>,
    },
    /// Tasks of several managers have that name.
    Ambiguous {
        /// The name in the call, escaped for printing and truncated if it is long.
        name: String,
        /// The full names, sorted; only some if there are many.
        candidates: Vec<TaskName>,
        /// The number of other candidates.
        more: usize,
    },
    /// The text is not a valid task name.
    Name(NameError),
    /// A task with that name exists already.
    Duplicate(TaskName),
    /// The task is left out, so it has no slots.
    LeftOut(TaskName, LeftOut),
    /// The task is done in this process: it reached `max_runs`, or a run ended its schedule.
    Done(TaskName),
    /// A spacing must not be negative.
    NegativeSpacing(TaskName),
    /// The task runs by a cron expression, which has no spacing.
    NoSpacing(TaskName),
    /// The schedule names an unknown zone. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    UnknownZone(TaskName, crate::schedule::UnknownZone),
    /// The declaration breaks these rules, at least one: an invalid value, or arguments that are invalid together.
    BrokenRules(TaskName, Vec<&'static str>),
    /// The service is being stopped.
    Stopping,
}

impl ControlError {
    /// Creates the error for an unknown name.
    pub(crate) fn unknown(name: &str) -> Self {
        Self::Unknown { name: quoted(name).to_string(), near: None }
    }

    /// Returns the same error; for an unknown `name`, with the task of `known` that may have been meant.
    ///
    /// This reads all of `known`, so call it where no other call waits. Its work is bounded: see
    /// [`Scheduler::names`](super::Scheduler::names).
    #[must_use]
    pub fn hinted(self, name: &str, known: &[TaskName]) -> Self {
        match self {
            Self::Unknown { name: shown, near: None } => {
                let near = periodic_text::nearest(name, known, |known| [known.as_str(), known.task()]);
                // Or a task of an included manager whose last part is `name`.
                let ends_so = |known: &&TaskName| {
                    known.task().strip_suffix(name).is_some_and(|field| field.ends_with('.'))
                };
                let near = near.or_else(|| known.iter().filter(ends_so).min()).cloned();
                Self::Unknown { name: shown, near }
            }
            other => other,
        }
    }
}

impl From<NameError> for ControlError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl fmt::Debug for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, near } => {
                write!(f, "no task is called `{name}`")?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
            }
            Self::Ambiguous { name, candidates, more } => {
                write!(f, "`{name}` is a task of several managers; write the full name, one of")?;
                candidates.iter().try_for_each(|candidate| write!(f, " `{candidate}`"))?;
                if *more > 0 { write!(f, ", and {more} more") } else { Ok(()) }
            }
            Self::Name(error) => error.fmt(f),
            Self::Duplicate(name) => {
                write!(f, "a task is called `{name}` already; remove it first, or choose another name")
            }
            Self::LeftOut(name, reason) => {
                write!(f, "`{name}` is left out, because {reason}; `enable` it first")
            }
            Self::Done(name) => write!(f, "`{name}` is done in this process; a trigger still runs it once"),
            Self::NegativeSpacing(name) => {
                write!(f, "a negative spacing disables `{name}`; call `disable`, or give a positive spacing")
            }
            Self::NoSpacing(name) => {
                write!(
                    f,
                    "`{name}` runs by a cron expression and has no spacing; remove it, and add it with another \
                     schedule"
                )
            }
            #[cfg(feature = "cron")]
            Self::UnknownZone(name, zone) => write!(f, "`{name}`: {zone}"),
            Self::BrokenRules(name, rules) => {
                let mut separator = "";
                rules.iter().try_for_each(|rule| {
                    write!(f, "{separator}`{name}`: {rule}")?;
                    separator = "\n";
                    Ok(())
                })
            }
            Self::Stopping => f.write_str("the service is being stopped; no task starts any more"),
        }
    }
}

impl core::error::Error for ControlError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_the_text() {
        let error = ControlError::Unknown { name: "audti".into(), near: None };
        assert_eq!(error.to_string(), "no task is called `audti`");
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}
