use super::Attempt;
use crate::task::{Cancellation, Progress, Slot};
use crate::time::{Instant, Timestamp};

/// One run that is going, from the decision that its slot runs to its outcome.
#[derive(Clone, Debug)]
pub(super) struct Active {
    /// Of the attempt at hand: each has its own, so that a late report of one is never taken for the next.
    pub(super) serial: u64,
    pub(super) slot: Slot,
    /// Its turn in the queue: when its slot was due, or that in whose place it waits was, or its retry is.
    pub(super) turn: Instant,
    pub(super) state: ActiveState,
    /// The attempts that failed.
    pub(super) failed: Vec<Attempt>,
    /// Where its window starts, from when it was first handed out.
    pub(super) window_start: Option<Timestamp>,
    /// Whether a slot of the schedule came since it began; then it is not tried again.
    pub(super) outlived: bool,
}

#[derive(Clone, Debug)]
pub(super) enum ActiveState {
    /// In the ready queue.
    Waiting,
    /// The driver has it, and it takes a place of the limit.
    HandedOut {
        cancellation: Cancellation,
        progress: Progress,
    },
    Running {
        started: Instant,
        cancellation: Cancellation,
        progress: Progress,
        asked_to_end: bool,
    },
    /// Its last attempt failed; the next is due at its turn. It takes no place of the limit.
    BackingOff,
    /// Its outcome is recorded, but it cannot be ended.
    Abandoned {
        started: Instant,
    },
}

impl Active {
    pub(super) fn new(serial: u64, slot: Slot, turn: Instant) -> Self {
        let (failed, window_start, outlived) = (Vec::new(), None, false);
        Self { serial, slot, turn, state: ActiveState::Waiting, failed, window_start, outlived }
    }

    /// The number of the attempt at hand.
    pub(super) fn attempt(&self) -> u32 {
        u32::try_from(self.failed.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(super) fn has_begun(&self) -> bool {
        matches!(self.state, ActiveState::Running { .. } | ActiveState::Abandoned { .. })
    }

    /// When its first attempt began.
    pub(super) fn began(&self) -> Option<Instant> {
        match (&self.failed[..], &self.state) {
            ([first, ..], _) => Some(first.started),
            ([], ActiveState::Running { started, .. } | ActiveState::Abandoned { started }) => Some(*started),
            ([], _) => None,
        }
    }

    /// Whether its last attempt failed and the next has not begun.
    pub(super) fn awaits_retry(&self) -> bool {
        !self.failed.is_empty() && !self.has_begun()
    }
}
