use std::fmt;

use crate::runner::Stopped;

/// The way in which a service stopped.
#[derive(Clone, Debug, Default)]
#[must_use = "it lists the runs and parts that were cut"]
pub struct ServiceStopped {
    runs: Stopped,
    overdue: Vec<String>,
}

impl ServiceStopped {
    pub(super) fn new(runs: Stopped, overdue: Vec<String>) -> Self {
        Self { runs, overdue }
    }

    /// Returns how the periodic tasks stopped.
    pub fn runs(&self) -> &Stopped {
        &self.runs
    }

    /// Returns the names of the other parts that did not end in time and were cut: hooks, endpoints, leaving the
    /// membership.
    pub fn overdue(&self) -> &[String] {
        &self.overdue
    }

    /// Whether everything ended in time.
    pub fn is_clean(&self) -> bool {
        self.overdue.is_empty() && self.runs.is_clean()
    }
}

impl fmt::Display for ServiceStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.runs)?;
        if self.overdue.is_empty() { Ok(()) } else { write!(f, "; also cut: {}", self.overdue.join(", ")) }
    }
}
