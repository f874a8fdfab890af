//! Watching a runner: what it does, as it does it.

mod event;
mod outbox;
mod watcher;

pub use event::{Change, Event};
pub(in crate::runner) use outbox::{Ends, Outbox};
pub use watcher::Watcher;
