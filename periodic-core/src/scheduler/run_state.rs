use super::limit::Permit;
use crate::task::Cancellation;
use crate::time::Instant;

/// The state of an active run. Its steps lead from state to state as here, and nowhere else:
///
/// ```text
/// Waiting ─ hand_out ─> HandedOut ─ begin ─> Running ─ abandon ─> Abandoned
///    ^                      └───── abandon ────────────────────────^
///    └─── queue_again ─ BackingOff <─ back_off ─ Running
/// ```
#[derive(Clone, Debug)]
pub(super) enum RunState {
    /// In the ready queue.
    Waiting,
    /// The driver has it.
    HandedOut { permit: Permit, signals: Option<Cancellation> },
    Running {
        permit: Permit,
        started: Instant,
        /// The channel between the run and the scheduler; `None` for a simulated run.
        signals: Option<Cancellation>,
        asked_to_end: bool,
    },
    /// Its last attempt failed, and the next is not due. It holds no permit.
    BackingOff,
    /// Its outcome is recorded, but it cannot be ended.
    Abandoned { permit: Permit, started: Instant },
}

impl RunState {
    /// Returns the permit that the run holds, which leaves this state.
    pub(super) fn into_permit(self) -> Option<Permit> {
        match self {
            Self::HandedOut { permit, .. }
            | Self::Running { permit, .. }
            | Self::Abandoned { permit, .. } => Some(permit),
            Self::Waiting | Self::BackingOff => None,
        }
    }

    /// Whether the run holds a permit.
    pub(super) fn holds_permit(&self) -> bool {
        matches!(self, Self::HandedOut { .. } | Self::Running { .. } | Self::Abandoned { .. })
    }
}
