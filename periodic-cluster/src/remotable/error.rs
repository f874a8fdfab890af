use std::fmt;

use periodic_runtime::boxed::{BoxError, chain};

use crate::error::cut_text;
use crate::harmless::harmless;

/// The reason why a call of a [`remotable`](crate::remotable) method failed: the kind of failure, a text, and the
/// cause.
///
/// `Debug` prints the text of `Display` and the causes.
pub struct CallError {
    kind: CallErrorKind,
    text: String,
    cause: Option<BoxError>,
}

/// The kinds of failures that callers may handle differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallErrorKind {
    /// The object has no home.
    Orphan,
    /// The conductor cannot be reached, or did not answer. The method may have run.
    Unavailable,
    /// The conductor has no such type or method, or the data sent does not fit. The method has not run.
    Refused,
    /// The method failed at the conductor.
    Failed,
}

impl CallError {
    /// Creates an error without a cause. The text is cut after 8 KiB.
    pub fn new(kind: CallErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: cut_text(text.into()), cause: None }
    }

    /// Returns the error with this cause. A cause whose text has control characters, or more than 8 KiB, becomes that
    /// text only, escaped and cut.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<BoxError>) -> Self {
        Self { cause: Some(harmless(cause.into())), ..self }
    }

    /// Returns the kind of the failure.
    pub fn kind(&self) -> CallErrorKind {
        self.kind
    }
}

impl fmt::Debug for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for CallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
