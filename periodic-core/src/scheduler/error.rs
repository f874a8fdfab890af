use core::fmt;

use crate::table::LeftOut;
use crate::task::TaskName;

/// Why a control call was refused. Nothing was changed.
///
/// Its `Debug` prints as its `Display`, so that it reads well where `main` returns it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// No task is called that.
    Unknown {
        /// What the call named.
        name: String,
        /// The task that may have been meant.
        near: Option<TaskName>,
    },
    /// Tasks of several managers are called that.
    Ambiguous {
        /// What the call named.
        name: String,
        /// The full names.
        candidates: Vec<TaskName>,
    },
    /// A task of that name is there already.
    Duplicate(TaskName),
    /// The task is left out, so it has no slots.
    LeftOut(TaskName, LeftOut),
    /// The task is done in this process: by `max_runs`, or because a run said so.
    Done(TaskName),
    /// A spacing must not be negative.
    NegativeSpacing(TaskName),
    /// The task runs by a cron expression, which has no spacing.
    NoSpacing(TaskName),
    /// The schedule names a zone that there is not. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    UnknownZone(TaskName, crate::schedule::UnknownZone),
    /// The declaration breaks these rules, at least one: a value that no task can have, or arguments that have no meaning
    /// together.
    BrokenRules(TaskName, Vec<&'static str>),
    /// The service is being stopped.
    Stopping,
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
            Self::Ambiguous { name, candidates } => {
                write!(f, "`{name}` is a task of several managers; write the full name, one of")?;
                candidates.iter().try_for_each(|candidate| write!(f, " `{candidate}`"))
            }
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
