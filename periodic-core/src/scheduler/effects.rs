use core::num::NonZeroUsize;
use std::collections::VecDeque;

use super::RunId;
use super::clocks::NEVER_SET;
use super::ledger::Records;
use super::limit::Limit;
use super::queue::ReadyQueue;
use super::spare::Spare;
use crate::task::Cancellation;
use crate::time::Instant;

/// The effects of visits, for the driver to take.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) ready: ReadyQueue,
    pub(super) records: Records,
    pub(super) cancelled: VecDeque<RunId>,
    pub(super) tokens: Vec<Cancellation>,
    pub(super) limit: Limit,
    pub(super) spare: Spare,
    /// When the wall clock was last found set back. Wall times of slots before it cannot be compared with later ones.
    pub(super) set_back_at: Instant,
}

impl Output {
    pub(super) fn new(limit: Option<NonZeroUsize>) -> Self {
        Self {
            ready: ReadyQueue::new(limit.is_some()),
            records: Records::default(),
            cancelled: VecDeque::new(),
            tokens: Vec::new(),
            limit: Limit::new(limit),
            spare: Spare::default(),
            set_back_at: NEVER_SET,
        }
    }

    /// Creates an output that no driver takes, for a copy of a row.
    pub(super) fn unread() -> Self {
        Self::new(None)
    }
}
