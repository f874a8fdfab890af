//! The span of a run: it begins and ends with the run, and names its task for the lines that the task's code writes.

use std::mem;

use periodic_core::scheduler::Start;
use periodic_core::settings::RunSpans;
use periodic_core::task::Ended;
use tracing::field::{Empty, display};
use tracing::{debug_span, info_span};

use super::log::RoundedDuration;
use crate::catch_panic::catch_subscriber;
use crate::quiet_span::QuietSpan;

/// Returns the span of one attempt at a slot, which begins now: a root, because the run is not part of the caller that
/// polls the runner. Returns none if a subscriber panics.
#[inline]
pub(crate) fn begin(start: &Start, level: RunSpans) -> QuietSpan {
    // Nothing is formatted unless a subscriber wants it. The outcome is known when the run has ended.
    macro_rules! span {
        ($span:ident) => {
            QuietSpan::new(|| {
                let (name, slot) = (start.task.name(), start.slot.scheduled);
                $span!(
                    parent: None,
                    "run",
                    manager = name.manager(),
                    task = name.task(),
                    slot = %slot.to_millis(),
                    attempt = start.attempt,
                    lateness = %RoundedDuration(start.lateness),
                    outcome = Empty,
                    cause = Empty
                )
            })
        };
    }
    match level {
        RunSpans::Debug => span!(debug_span),
        RunSpans::Info => span!(info_span),
        _ => QuietSpan::NONE,
    }
}

/// Notes in a run's span how it ended, and closes the span.
#[inline]
pub(crate) fn end(span: &mut QuietSpan, ended: &Ended) {
    if !span.is_none() {
        record(&mem::replace(span, QuietSpan::NONE), ended);
    }
}

/// Outlined from the call, because there is mostly no subscriber.
#[inline(never)]
fn record(span: &QuietSpan, ended: &Ended) {
    catch_subscriber(|| {
        span.record("outcome", ended.label());
        if let Ended::Failed(cause) | Ended::Panicked(cause) = ended {
            span.record("cause", display(cause));
        }
    });
}

/// Notes in a run's span that it was cancelled.
#[cold]
pub(crate) fn cut(span: &QuietSpan) {
    catch_subscriber(|| _ = span.record("outcome", Ended::Cancelled.label()));
}
