use super::{Attempt, Attempts};
use crate::schedule::Slot;
use crate::spec::RetrySpec;
use crate::task::{Cancellation, Outcome};
use crate::time::{Instant, Timestamp};

/// One active run, from the decision that its slot runs to its outcome.
#[derive(Clone, Debug)]
pub(super) struct ActiveRun {
    /// The number of the current attempt. Each attempt has its own, so that a late report of one is never taken for
    /// the next.
    pub(super) serial: u64,
    pub(super) slot: Slot,
    /// The position of its first attempt in the queue: when its slot was due, or when the slot was due in whose place
    /// it waits.
    pub(super) queued_at: Instant,
    pub(super) state: RunState,
    /// Set when it is first handed out, if its task has retries; boxed, because most tasks have none.
    pub(super) retries: Option<Box<Retries>>,
}

/// The attempts of one run.
#[derive(Clone, Debug)]
pub(super) struct Retries {
    /// The number of its first attempt.
    pub(super) number: u64,
    /// The rule at the time when the run was handed out: settings that are reloaded later apply to the next run.
    pub(super) spec: RetrySpec,
    /// The attempts that failed.
    pub(super) failed: Vec<Attempt>,
    /// When the attempt after the failed ones is due.
    pub(super) due: Instant,
    /// Where the run's window starts.
    pub(super) window_start: Option<Timestamp>,
    /// Whether a slot of the schedule has come since the run began; the run is then not retried.
    pub(super) outlived: bool,
}

#[derive(Clone, Debug)]
pub(super) enum RunState {
    /// In the ready queue.
    Waiting,
    /// The driver has it, and it holds a permit.
    HandedOut { signals: Option<Cancellation> },
    Running {
        started: Instant,
        /// The channel between the run and the scheduler; `None` for a simulated run.
        signals: Option<Cancellation>,
        asked_to_end: bool,
    },
    /// Its last attempt failed, and the next is not due. It holds no permit.
    BackingOff,
    /// Its outcome is recorded, but it cannot be ended.
    Abandoned { started: Instant },
}

impl RunState {
    /// Whether a run may change from this state to `next`.
    fn may_become(&self, next: &Self) -> bool {
        matches!(
            (self, next),
            (Self::Waiting, Self::HandedOut { .. })
                | (Self::HandedOut { .. }, Self::Running { .. } | Self::Abandoned { .. })
                | (Self::Running { .. }, Self::BackingOff | Self::Abandoned { .. })
                | (Self::BackingOff, Self::Waiting)
        )
    }
}

impl ActiveRun {
    /// Changes to the state `next`.
    pub(super) fn go_on_to(&mut self, next: RunState) {
        debug_assert!(self.state.may_become(&next), "{self:?} cannot become {next:?}");
        self.state = next;
    }

    pub(super) fn new(serial: u64, slot: Slot, queued_at: Instant) -> Self {
        Self { serial, slot, queued_at, state: RunState::Waiting, retries: None }
    }

    /// Returns the failed attempts.
    pub(super) fn failed(&self) -> &[Attempt] {
        self.retries.as_ref().map_or(&[], |retries| &retries.failed)
    }

    /// Returns the number of the current attempt, from 1.
    pub(super) fn attempt(&self) -> u32 {
        u32::try_from(self.failed().len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Returns when its retry is due, while it waits for one.
    pub(super) fn retry_due(&self) -> Option<Instant> {
        let retries = self.retries.as_ref().filter(|retries| !retries.failed.is_empty())?;
        (!self.has_begun()).then_some(retries.due)
    }

    /// Returns the data to record if the attempt that began at `started` ends with `outcome`.
    pub(super) fn ends(&self, started: Instant, outcome: &Outcome, ended: Instant) -> Ran {
        let (number, slot, queued_at) = (self.number(), self.slot, self.queued_at);
        let Some(first) = self.failed().first() else {
            return Ran { number, slot, queued_at, started, attempts: Attempts::default() };
        };
        let last = Attempt { started, ended, outcome: outcome.clone() };
        let attempts = self.failed().iter().cloned().chain([last]).collect::<Vec<_>>();
        Ran { number, slot, queued_at, started: first.started, attempts: attempts.into() }
    }

    /// Returns the number of the run, the same for all its attempts: a newer run has a greater one.
    pub(super) fn number(&self) -> u64 {
        self.retries.as_ref().map_or(self.serial, |retries| retries.number)
    }

    pub(super) fn has_begun(&self) -> bool {
        matches!(self.state, RunState::Running { .. } | RunState::Abandoned { .. })
    }

    /// Returns when its first attempt began.
    pub(super) fn began(&self) -> Option<Instant> {
        match (self.failed(), &self.state) {
            ([first, ..], _) => Some(first.started),
            ([], RunState::Running { started, .. } | RunState::Abandoned { started }) => Some(*started),
            ([], _) => None,
        }
    }

    /// Whether its last attempt failed and the next has not begun.
    pub(super) fn awaits_retry(&self) -> bool {
        self.retry_due().is_some()
    }
}

/// A run that has its outcome.
pub(super) struct Ran {
    pub(super) number: u64,
    pub(super) slot: Slot,
    pub(super) queued_at: Instant,
    /// When its first attempt began.
    pub(super) started: Instant,
    /// All attempts, if a retry ran or was planned; otherwise empty.
    pub(super) attempts: Attempts,
}
