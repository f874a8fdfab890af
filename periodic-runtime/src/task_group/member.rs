use std::fmt;
use std::sync::Arc;

use crate::looping::{End, LoopError, Outcome, Running};

/// What kind of work a member of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MemberKind {
    /// A looping call.
    Timer,
    /// One-off work.
    Task,
}

impl MemberKind {
    /// A word for logs and metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Timer => "timer",
            Self::Task => "task",
        }
    }
}

/// A member of a group, for those who wait for it or stop it alone. The group owns it: dropping this does nothing.
pub struct Member<T = ()> {
    name: Arc<str>,
    running: Running<T>,
}

impl<T: Clone> Member<T> {
    pub(super) fn new(name: Arc<str>, running: Running<T>) -> Self {
        Self { name, running }
    }

    /// Its name in logs and in [`ends`](super::TaskGroup::ends).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has not ended.
    pub fn is_running(&self) -> bool {
        self.running.is_running()
    }

    /// Ends a timer: at once if it sleeps, else after the call that goes. One-off work ends by itself.
    pub fn stop(&self) {
        self.running.tokens.stop();
    }

    /// Cuts it where it waits. Blocking work cannot be cut; of a blocking timer, the call that goes is the last.
    pub fn cancel(&self) {
        self.running.tokens.cut();
    }

    /// Waits until it has ended and left the group. One-off work that succeeds ends with the value `()`.
    ///
    /// # Errors
    /// What ended it, where that was an error.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing; a later call gives the same answer.
    pub async fn wait(&self) -> Outcome<T> {
        self.running.clone().wait().await
    }
}

impl<T> Clone for Member<T> {
    fn clone(&self) -> Self {
        Self { name: Arc::clone(&self.name), running: self.running.clone() }
    }
}

impl<T> fmt::Debug for Member<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = self.running.is_running();
        f.debug_struct("Member").field("name", &self.name).field("running", &running).finish()
    }
}

/// How a member ended that has left its group. `Display` gives it in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberEnd {
    pub(super) name: Arc<str>,
    pub(super) kind: MemberKind,
    pub(super) how: Result<End, LoopError>,
}

impl MemberEnd {
    /// The member's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What kind of work it was.
    pub const fn kind(&self) -> MemberKind {
        self.kind
    }

    /// How it ended; a value of `Break` is for those who hold the [`Member`].
    ///
    /// # Errors
    /// What ended it, where that was an error.
    pub const fn how(&self) -> Result<End, &LoopError> {
        match &self.how {
            Ok(end) => Ok(*end),
            Err(error) => Err(error),
        }
    }
}

impl fmt::Display for MemberEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.how {
            Ok(End::Value(())) => write!(f, "{name}: it has ended"),
            Ok(End::Stopped) => write!(f, "{name}: it was stopped"),
            Err(error) => write!(f, "{name}: {error}"),
        }
    }
}
