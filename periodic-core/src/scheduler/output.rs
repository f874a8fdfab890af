use std::collections::VecDeque;

use super::RunId;
use super::active::{Active, ActiveState};
use super::clocks::NEVER_SET;
use super::ready::ReadyQueue;
use super::records::Records;
use crate::task::Cancellation;
use crate::time::Instant;

/// What the rows bring forth, for the driver to take.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) ready: ReadyQueue,
    pub(super) records: Records,
    pub(super) cancelled: VecDeque<RunId>,
    pub(super) tokens: Vec<Cancellation>,
    /// How many runs take a place of the limit.
    pub(super) running: usize,
    /// Lists of runs that are empty, for the next row that starts one: where rows are many, those that wait need none.
    lists: Vec<Vec<Active>>,
    pub(super) has_many_rows: bool,
    /// Signals of runs that have ended, for the next ones.
    signals: Vec<Cancellation>,
    /// When the wall clock was last found set back. Wall times of earlier slots do not compare with later ones.
    pub(super) set_back_at: Instant,
}

/// So many signals at most are kept.
const SPARE_SIGNALS: usize = 256;

impl Output {
    pub(super) fn new(ready: ReadyQueue) -> Self {
        let (records, cancelled) = (Records::default(), VecDeque::new());
        let (tokens, lists, signals) = (Vec::new(), Vec::new(), Vec::new());
        let (running, has_many_rows, set_back_at) = (0, false, NEVER_SET);
        Self { ready, records, cancelled, tokens, running, lists, has_many_rows, signals, set_back_at }
    }

    /// Creates an output that no driver takes, for a copy of a row.
    pub(super) fn unread() -> Self {
        Self::new(ReadyQueue::new(false))
    }

    /// Adds a run to those of a row.
    pub(super) fn add_run(&mut self, going: &mut Vec<Active>, run: Active) {
        if going.capacity() == 0 {
            *going = self.lists.pop().unwrap_or_else(|| Vec::with_capacity(1));
        }
        going.push(run);
    }

    /// Takes a run that has ended off those of a row.
    pub(super) fn forget_run(&mut self, going: &mut Vec<Active>, place: usize) {
        let is_last = place + 1 == going.len();
        let run = if is_last { going.pop() } else { Some(going.remove(place)) };
        if self.has_many_rows && going.is_empty() {
            self.lists.push(core::mem::take(going));
        }
        if let Some(Active { state: ActiveState::Running { signals, .. }, .. }) = run {
            self.keep_signals(signals);
        }
    }

    /// Keeps the signals of a run that has ended, for another one.
    pub(super) fn keep_signals(&mut self, signals: Option<Cancellation>) {
        if self.signals.len() < SPARE_SIGNALS {
            self.signals.extend(signals);
        }
    }

    /// Signals for a run, which nobody else knows.
    pub(super) fn signals(&mut self) -> Cancellation {
        // Its driver, or the run itself, may have kept a handle.
        self.signals.pop().and_then(Cancellation::renewed).unwrap_or_default()
    }
}
