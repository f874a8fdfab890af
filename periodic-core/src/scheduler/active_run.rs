use super::limit::Permit;
use super::run_state::RunState;
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

/// The steps of a run from state to state, as [`RunState`] shows them.
impl ActiveRun {
    pub(super) fn hand_out(&mut self, permit: Permit, signals: Option<Cancellation>) {
        debug_assert!(matches!(self.state, RunState::Waiting), "{self:?} is handed out");
        self.state = RunState::HandedOut { permit, signals };
    }

    /// Begins a run that was handed out; returns whether it was.
    pub(super) fn begin(&mut self, started: Instant) -> bool {
        let is_handed_out = matches!(self.state, RunState::HandedOut { .. });
        if is_handed_out {
            self.state = match self.take_state() {
                RunState::HandedOut { permit, signals } => {
                    RunState::Running { permit, started, signals, asked_to_end: false }
                }
                other => other,
            };
        }
        is_handed_out
    }

    /// Ends the current attempt of a run that will be retried; returns its permit.
    pub(super) fn back_off(&mut self) -> Option<Permit> {
        debug_assert!(matches!(self.state, RunState::Running { .. }), "{self:?} backs off");
        let permit = self.take_state().into_permit();
        self.state = RunState::BackingOff;
        permit
    }

    /// Queues a retry that is due.
    pub(super) fn queue_again(&mut self) {
        debug_assert!(matches!(self.state, RunState::BackingOff), "{self:?} is queued again");
        self.state = RunState::Waiting;
    }

    /// Abandons a run that its driver has, or that has begun; returns when it began, at the latest now.
    pub(super) fn abandon(&mut self, now: Instant) -> Option<Instant> {
        let started = match self.state {
            RunState::Running { started, .. } => started,
            RunState::HandedOut { .. } => now,
            RunState::Waiting | RunState::BackingOff | RunState::Abandoned { .. } => return None,
        };
        let permit = self.take_state().into_permit()?;
        self.state = RunState::Abandoned { permit, started };
        Some(started)
    }

    /// Takes the state of a run that goes on to another state at once.
    fn take_state(&mut self) -> RunState {
        core::mem::replace(&mut self.state, RunState::Waiting)
    }
}

impl ActiveRun {
    pub(super) fn new(serial: u64, slot: Slot, queued_at: Instant) -> Self {
        Self { serial, slot, queued_at, state: RunState::Waiting, retries: None }
    }

    /// Creates the run of a sequential pass, which was not noted while it was at hand.
    pub(super) fn at_hand(serial: u64, slot: Slot, permit: Permit, started: Instant) -> Self {
        let state = RunState::Running { permit, started, signals: None, asked_to_end: false };
        Self { state, ..Self::new(serial, slot, slot.at) }
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

    /// Returns the data to record if the run ends with the outcome of its last attempt, while it waits for its retry.
    pub(super) fn ends_as_before(&self) -> Option<(Ran, Outcome)> {
        let ([first, .., last] | [first @ last]) = self.failed() else { return None };
        let (number, slot, queued_at) = (self.number(), self.slot, self.queued_at);
        let attempts = self.failed().to_vec().into();
        Some((Ran { number, slot, queued_at, started: first.started, attempts }, last.outcome.clone()))
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
            ([], RunState::Running { started, .. } | RunState::Abandoned { started, .. }) => Some(*started),
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
