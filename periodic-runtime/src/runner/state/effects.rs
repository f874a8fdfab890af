use periodic_core::scheduler::{ClockSetBack, RetryScheduled, SlotRecord};
use periodic_core::task::Cancellation;

/// The effects of a visit, which are performed once the lock is free. Most visits have none.
#[derive(Default)]
pub(super) struct Effects {
    pub(super) records: Vec<SlotRecord>,
    pub(super) tokens: Vec<Cancellation>,
    pub(super) retrying: Option<Box<RetryScheduled>>,
    pub(super) set_back: Option<ClockSetBack>,
    /// Whether there are events to send.
    pub(super) has_events: bool,
    /// Whether a caller waited for a run, and there is one.
    pub(super) is_busy: bool,
}
