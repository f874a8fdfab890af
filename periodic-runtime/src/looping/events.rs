//! What a looping call says through `tracing`. Each event names the call, because the span around it may be
//! filtered out where the event is not.

use std::time::Duration;

use tracing::{Span, error, info_span, trace, warn};

use super::LoopError;

/// The span of all that one start of a looping call does.
pub(super) fn span(kind: &'static str, name: &str) -> Span {
    info_span!("looping_call", kind, name)
}

pub(super) fn outlasted(kind: &'static str, name: &str, elapsed: Duration, interval: Duration) {
    let excess = elapsed.saturating_sub(interval);
    warn!(kind, name, ?elapsed, ?interval, ?excess, "a run outlasted its interval");
}

pub(super) fn failed(kind: &'static str, name: &str, cause: &LoopError, goes_on: bool) {
    error!(kind, name, %cause, goes_on, "looping call failed");
}

pub(super) fn sleeps(kind: &'static str, name: &str, idle: Duration) {
    trace!(kind, name, ?idle, "looping call sleeps");
}
