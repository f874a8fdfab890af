use core::fmt;
use core::ops::Deref;
use std::sync::Arc;

use crate::task::Outcome;
use crate::time::Instant;

/// One attempt at a slot that was tried again, or was to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it started.
    pub started: Instant,
    /// When it ended.
    pub ended: Instant,
    /// How it ended.
    pub outcome: Outcome,
}

/// The attempts at a slot, a slice of them.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::Attempts;
///
/// assert!(Attempts::default().is_empty());
/// ```
// A pointer, because of most slots there are none, and shared, because records are copied.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attempts(Option<Arc<Vec<Attempt>>>);

impl Deref for Attempts {
    type Target = [Attempt];

    fn deref(&self) -> &[Attempt] {
        self.0.as_ref().map_or(&[], |attempts| attempts)
    }
}

impl From<Vec<Attempt>> for Attempts {
    fn from(attempts: Vec<Attempt>) -> Self {
        Self((!attempts.is_empty()).then(|| Arc::new(attempts)))
    }
}

impl fmt::Debug for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
