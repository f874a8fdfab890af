use std::collections::VecDeque;

use super::ready::ReadyQueue;
use super::{RunId, SlotRecord};
use crate::task::Cancellation;

/// What the rows bring forth, for the driver to take.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) ready: ReadyQueue,
    pub(super) records: VecDeque<SlotRecord>,
    pub(super) cancelled: VecDeque<RunId>,
    pub(super) tokens: Vec<Cancellation>,
    /// How many runs take a place of the limit.
    pub(super) running: usize,
}

impl Output {
    pub(super) fn new(ready: ReadyQueue) -> Self {
        let (records, cancelled) = (VecDeque::new(), VecDeque::new());
        Self { ready, records, cancelled, tokens: Vec::new(), running: 0 }
    }
}
