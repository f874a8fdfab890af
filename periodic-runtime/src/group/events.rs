//! What a group says through `tracing` when a member leaves it.

use tracing::{Span, debug, error, info, info_span};

use super::{MemberEnd, MemberKind};

/// The span of one-off work. A timer has the span of its looping call.
pub(super) fn span(name: &str) -> Span {
    info_span!("group_task", name)
}

pub(super) fn left(end: &MemberEnd) {
    let (name, kind) = (end.name(), end.kind().label());
    match end.how() {
        Ok(_) => debug!(name, kind, "a member has left its group"),
        // A timer's own loop has told of the failure.
        Err(cause) if end.kind() == MemberKind::Timer => {
            info!(name, kind, %cause, "a member has left its group");
        }
        Err(cause) => error!(name, kind, %cause, "a member of a group failed, and has left it"),
    }
}
