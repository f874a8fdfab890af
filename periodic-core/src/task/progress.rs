use core::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A short note in which a run says how far it is; it shows up in `status`.
///
/// Cloning gives another handle to the same note.
#[derive(Clone, Default)]
pub struct Progress(Arc<Mutex<Option<Arc<str>>>>);

impl Progress {
    /// An empty note.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the note.
    pub fn set(&self, note: impl Into<Arc<str>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(note.into());
    }

    /// The note, if one was set.
    pub fn get(&self) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Progress").field(&self.get()).finish()
    }
}
