//! The events of looping calls in `tracing`. Each event names its call and has no span as parent: the span of a call
//! may be filtered out where the event is not.

use std::time::Duration;

use tracing::{error, info_span, trace, warn};

use super::LoopError;
use crate::catch_panic::catch_subscriber;
use crate::folded::Folded;
use crate::quiet_span::QuietSpan;

/// Creates the span of one call. It is a root, because the call does not belong to the code that started the loop.
pub(super) fn span(kind: &'static str, name: &str) -> QuietSpan {
    QuietSpan::new(|| info_span!(parent: None, "looping_call", kind, name))
}

pub(super) fn outlasted(kind: &'static str, name: &str, elapsed: Duration, interval: Duration, repeats: u64) {
    let repeats = (repeats > 0).then_some(repeats);
    let excess = elapsed.saturating_sub(interval);
    catch_subscriber(|| {
        warn!(parent: None, kind, name, ?elapsed, ?interval, ?excess, repeats, "a run outlasted its interval");
    });
}

pub(super) fn failed(kind: &'static str, name: &str, cause: &LoopError, goes_on: bool, repeats: u64) {
    let repeats = (repeats > 0).then_some(repeats);
    catch_subscriber(|| error!(parent: None, kind, name, %cause, goes_on, repeats, "looping call failed"));
}

/// Logs, at the end, the events of this kind since the last line of it.
pub(super) fn unsaid(kind: &'static str, name: &str, what: &'static str, unsaid: &mut Folded) {
    if let Some(repeats) = unsaid.take_unsaid() {
        catch_subscriber(|| {
            warn!(parent: None, kind, name, what, repeats, "the same event came again since its last line");
        });
    }
}

pub(super) fn sleeps(kind: &'static str, name: &str, idle: Duration) {
    catch_subscriber(|| trace!(parent: None, kind, name, ?idle, "looping call sleeps"));
}
