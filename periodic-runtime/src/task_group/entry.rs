use std::fmt;
use std::sync::Arc;

use crate::looping::{End, LoopError, Outcome, Running};

/// The kind of work of a group's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// A looping call.
    Timer,
    /// One-off work.
    Task,
}

impl EntryKind {
    /// Returns a word for logs and metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Timer => "timer",
            Self::Task => "task",
        }
    }
}

/// An entry of a group, for waiting for it or stopping it alone. The group owns the work: dropping this has no effect.
pub struct Entry<T = ()> {
    name: Arc<str>,
    running: Running<T>,
}

impl<T: Clone> Entry<T> {
    pub(super) fn new(name: Arc<str>, running: Running<T>) -> Self {
        Self { name, running }
    }

    /// Returns its name in logs and in [`ends`](super::TaskGroup::ends).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the entry has not ended.
    pub fn is_running(&self) -> bool {
        self.running.is_running()
    }

    /// Ends a timer: immediately while it sleeps, otherwise after the active call. No effect on one-off work, which
    /// ends by itself.
    pub fn stop(&self) {
        self.running.tokens.stop();
    }

    /// Cuts the entry where it waits. Blocking work cannot be cut; a blocking timer ends after the active call.
    pub fn cancel(&self) {
        self.running.tokens.cut();
    }

    /// Waits until the entry has ended and left the group. One-off work that succeeds ends with the value `()`.
    ///
    /// # Errors
    /// When the entry ended by an error.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; a later call returns the same result.
    pub async fn wait(&self) -> Outcome<T> {
        self.running.clone().wait().await
    }
}

impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Self { name: Arc::clone(&self.name), running: self.running.clone() }
    }
}

impl<T> fmt::Debug for Entry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = self.running.is_running();
        f.debug_struct("Entry").field("name", &self.name).field("running", &running).finish()
    }
}

/// The end of an entry that has left its group. `Display` gives it in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryEnd {
    pub(super) name: Arc<str>,
    pub(super) kind: EntryKind,
    pub(super) how: Result<End, LoopError>,
}

impl EntryEnd {
    /// Returns the entry's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the kind of its work.
    pub const fn kind(&self) -> EntryKind {
        self.kind
    }

    /// Returns how it ended, without the value of `Break`, which [`Entry::wait`] returns.
    ///
    /// # Errors
    /// When the entry ended by an error.
    pub const fn how(&self) -> Result<End, &LoopError> {
        match &self.how {
            Ok(end) => Ok(*end),
            Err(error) => Err(error),
        }
    }
}

impl fmt::Display for EntryEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.how {
            Ok(End::Value(())) => write!(f, "{name}: it has ended"),
            Ok(End::Stopped) => write!(f, "{name}: it was stopped"),
            Err(error) => write!(f, "{name}: {error}"),
        }
    }
}
