use std::error::Error;
use std::fmt;
use std::time::Duration;

use periodic_core::task::TaskError;

/// The end of a looping call without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End<T = ()> {
    /// The callback returned `Break` with this value.
    Value(T),
    /// The loop was stopped.
    Stopped,
}

impl<T> End<T> {
    /// Returns the value of `Break`; `None` if the loop was stopped.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Stopped => None,
        }
    }

    /// Whether the loop was stopped.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

/// The reason why a looping call cannot be waited for, or the error that ended it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoopError {
    /// `wait` was called before `start`.
    NotStarted,
    /// The callback returned an error.
    Failed(TaskError),
    /// The callback panicked.
    Panicked(TaskError),
    /// The loop's timeout was exceeded.
    TimedOut {
        /// The time counted at the end; that of [`Backoff`](super::Backoff) includes the next sleep.
        after: Duration,
        /// The timeout.
        timeout: Duration,
    },
    /// A dynamic callback returned no delay, and the loop has no maximum.
    NoDelay,
    /// The call was cut: its owner or its runtime was dropped, or its group was stopped without grace.
    Cut,
}

impl fmt::Display for LoopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted => {
                f.write_str("the looping call was never started; `start` comes before `wait`")
            }
            Self::Failed(error) => write!(f, "the callback failed: {error}"),
            Self::Panicked(error) => write!(f, "the callback panicked: {error}"),
            Self::TimedOut { after, timeout } => {
                write!(f, "the looping call timed out after {after:?}, with a timeout of {timeout:?}")
            }
            Self::NoDelay => {
                f.write_str("the callback returned no delay; return one, or begin with `Dynamic::at_most`")
            }
            Self::Cut => f.write_str("the looping call was cut before it ended"),
        }
    }
}

impl Error for LoopError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) | Self::Panicked(error) => Some(error),
            _ => None,
        }
    }
}

/// The reason why a looping call was not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartError {
    /// The loop is already running.
    AlreadyRunning {
        /// The kind of the loop.
        kind: &'static str,
    },
    /// The caller is outside a tokio runtime.
    NoRuntime,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRunning { kind } => {
                write!(f, "a {kind} runs one callback at a time; wait until it has ended, or create another")
            }
            Self::NoRuntime => {
                f.write_str("there is no tokio runtime to run the looping call on; start it inside one")
            }
        }
    }
}

impl Error for StartError {}
