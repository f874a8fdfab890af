use std::collections::VecDeque;

use super::RunId;
use super::clocks::NEVER_SET;
use super::ledger::Pending;
use super::queue::ReadyQueue;
use super::spare::Spare;
use crate::task::Cancellation;
use crate::time::Instant;

/// The effects of visits, for the driver to take.
#[derive(Debug)]
pub(super) struct Effects {
    pub(super) ready: ReadyQueue,
    pub(super) records: Pending,
    pub(super) replaced: VecDeque<RunId>,
    pub(super) to_cancel: Vec<Cancellation>,
    pub(super) spare: Spare,
    /// When the wall clock was last found set back. Wall times of slots before it cannot be compared with later ones.
    pub(super) set_back_at: Instant,
}

impl Effects {
    /// Creates effects; with a limit, ready runs come in the order in which they were due.
    pub(super) fn new(is_limited: bool) -> Self {
        Self {
            ready: ReadyQueue::new(is_limited),
            records: Pending::default(),
            replaced: VecDeque::new(),
            to_cancel: Vec::new(),
            spare: Spare::default(),
            set_back_at: NEVER_SET,
        }
    }

    /// Creates effects that no driver takes, for a copy of a row.
    pub(super) fn unread() -> Self {
        Self::new(false)
    }
}
