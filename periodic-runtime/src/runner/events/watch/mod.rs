//! The watchers of a runner: its events, as they happen.

mod event;
mod outbox;
mod watcher;

pub use event::{ControlChange, Event};
pub(in crate::runner) use outbox::{Ends, Outbox};
pub use watcher::Watcher;
