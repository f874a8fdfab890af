use std::time::Duration;

use periodic_core::task::TaskError;

/// How a looping call ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End<T = ()> {
    /// The callback returned `Break` with this value.
    Value(T),
    /// It was stopped.
    Stopped,
}

impl<T> End<T> {
    /// The value of `Break`; `None` if the call was stopped.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Stopped => None,
        }
    }

    /// Whether it was stopped.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }
}

/// Why a looping call cannot be waited for, or what ended it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoopError {
    /// `wait` came before `start`.
    #[error("the looping call was never started; `start` comes before `wait`")]
    NotStarted,
    /// The callback returned an error.
    #[error("the callback failed: {0}")]
    Failed(#[source] TaskError),
    /// The callback panicked.
    #[error("the callback panicked: {0}")]
    Panicked(#[source] TaskError),
    /// The loop's total time was over.
    #[error("the looping call timed out after {after:?}, with a timeout of {timeout:?}")]
    TimedOut {
        /// What was counted up to the end.
        after: Duration,
        /// What was allowed.
        timeout: Duration,
    },
    /// A dynamic callback returned no delay, and there is no greatest one to take instead.
    #[error("the callback returned no delay; return one, or begin with `Dynamic::at_most`")]
    NoDelay,
    /// The call was cut: its owner or its runtime was dropped, or its group was stopped without grace.
    #[error("the looping call was cut before it ended")]
    Cut,
}

/// Why a looping call was not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// It is running.
    #[error("a {kind} runs one callback at a time; wait until it has ended, or make another")]
    AlreadyRunning {
        /// What kind it is.
        kind: &'static str,
    },
    /// The caller is outside a tokio runtime.
    #[error("there is no tokio runtime to run the looping call on; start it inside one")]
    NoRuntime,
}
