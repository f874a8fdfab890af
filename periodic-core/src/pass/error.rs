use core::fmt;

use crate::task::{Outcome, TaskName};

/// Whether a pass stops at the first task that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
// Exhaustive, because callers make it: a yes or a no.
pub enum RaiseOnError {
    /// The pass records the failure and continues.
    #[default]
    No,
    /// The pass stops and returns the failure; the next pass runs the remaining tasks.
    Yes,
}

/// A task failed in a pass that stops at errors.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassError {
    /// The task.
    pub task: TaskName,
    /// How it ended: failed, panicked, timed out or cancelled.
    pub outcome: Outcome,
}

impl fmt::Display for PassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ended as {}", self.task, self.outcome.label())?;
        match &self.outcome {
            Outcome::Failed(error) | Outcome::Panicked(error) => write!(f, ": {error}"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for PassError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.outcome {
            Outcome::Failed(error) | Outcome::Panicked(error) => Some(error),
            _ => None,
        }
    }
}
