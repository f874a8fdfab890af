//! What a looping call says through `tracing`. Each event names the call, because the span around it may be
//! filtered out where the event is not.

use std::time::Duration;

use tracing::{Span, error, info_span, trace, warn};

use super::LoopError;
use crate::folded::Folded;

/// The span of all that one start of a looping call does.
pub(super) fn span(kind: &'static str, name: &str) -> Span {
    info_span!("looping_call", kind, name)
}

pub(super) fn outlasted(kind: &'static str, name: &str, elapsed: Duration, interval: Duration, repeats: u64) {
    let repeats = (repeats > 0).then_some(repeats);
    let excess = elapsed.saturating_sub(interval);
    warn!(kind, name, ?elapsed, ?interval, ?excess, repeats, "a run outlasted its interval");
}

pub(super) fn failed(kind: &'static str, name: &str, cause: &LoopError, goes_on: bool, repeats: u64) {
    let repeats = (repeats > 0).then_some(repeats);
    error!(kind, name, %cause, goes_on, repeats, "looping call failed");
}

/// Said at the end: what happened since it was last logged.
pub(super) fn unsaid(kind: &'static str, name: &str, what: &'static str, unsaid: &mut Folded) {
    if let Some(repeats) = unsaid.take_unsaid() {
        warn!(kind, name, what, repeats, "the same happened again since it was last logged");
    }
}

pub(super) fn sleeps(kind: &'static str, name: &str, idle: Duration) {
    trace!(kind, name, ?idle, "looping call sleeps");
}
