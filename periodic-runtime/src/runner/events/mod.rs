//! The output of a runner: its log, and the events of its watchers.

pub(crate) mod in_span;
pub(crate) mod log;
pub(crate) mod repeats;
pub(crate) mod span;
pub mod watch;
