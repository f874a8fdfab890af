//! The events of a group in `tracing` when an entry leaves it.

use tracing::{debug, error, info, info_span};

use super::{EntryEnd, EntryKind};
use crate::catch_panic::catch_subscriber;
use crate::quiet_span::QuietSpan;

/// Creates the span of one-off work. It is a root, because the work may outlast the code that spawned it. A timer has a
/// span for each of its calls.
pub(super) fn span(name: &str) -> QuietSpan {
    QuietSpan::new(|| info_span!(parent: None, "group_task", name))
}

/// Logs the end of an entry. Must not panic, because an entry also leaves while a panic unwinds.
pub(super) fn left(end: &EntryEnd) {
    catch_subscriber(|| say_left(end));
}

fn say_left(end: &EntryEnd) {
    let (name, kind) = (end.name(), end.kind().label());
    match end.how() {
        Ok(_) => debug!(parent: None, name, kind, "an entry has left its group"),
        // A timer's own loop has logged the failure.
        Err(cause) if end.kind() == EntryKind::Timer => {
            info!(parent: None, name, kind, %cause, "an entry has left its group");
        }
        Err(cause) => error!(parent: None, name, kind, %cause, "an entry of a group failed, and has left it"),
    }
}
