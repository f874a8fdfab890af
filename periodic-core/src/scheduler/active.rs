use crate::task::{Cancellation, Progress, Slot};
use crate::time::Instant;

/// One run that is going, from the decision that its slot runs to its end.
#[derive(Clone, Debug)]
pub(super) struct Active {
    pub(super) serial: u64,
    pub(super) slot: Slot,
    /// Its turn in the queue: when its slot was due, or that in whose place it waits was.
    pub(super) turn: Instant,
    pub(super) state: ActiveState,
}

#[derive(Clone, Debug)]
pub(super) enum ActiveState {
    /// In the ready queue.
    Waiting,
    /// The driver has it, and it takes a place of the limit.
    HandedOut {
        signals: Option<Signals>,
    },
    Running {
        started: Instant,
        signals: Option<Signals>,
        asked_to_end: bool,
    },
    /// Its outcome is recorded, but it cannot be ended.
    Abandoned {
        started: Instant,
    },
}

/// How a run and the scheduler speak to each other; a simulated run has nobody to speak.
#[derive(Clone, Debug)]
pub(super) struct Signals {
    pub(super) cancellation: Cancellation,
    pub(super) progress: Progress,
}

impl Active {
    pub(super) fn has_begun(&self) -> bool {
        matches!(self.state, ActiveState::Running { .. } | ActiveState::Abandoned { .. })
    }
}
