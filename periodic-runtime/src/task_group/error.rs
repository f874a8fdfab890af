use std::error::Error;
use std::fmt;
use std::num::NonZeroUsize;

/// The reason why a group did not take an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupError {
    /// The group is full.
    Full {
        /// The limit of entries.
        limit: NonZeroUsize,
    },
    /// The group is being stopped, or has been.
    Stopped,
    /// The caller is outside a tokio runtime.
    NoRuntime,
}

impl fmt::Display for GroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { limit } => write!(
                f,
                "the group is full, with {limit} entries; wait until one has ended, or raise the limit"
            ),
            Self::Stopped => f.write_str("the group was stopped and takes no more entries; make another"),
            Self::NoRuntime => f.write_str("there is no tokio runtime to run an entry on; add it inside one"),
        }
    }
}

impl Error for GroupError {}
