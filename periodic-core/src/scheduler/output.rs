use std::collections::VecDeque;

use super::ready::ReadyQueue;
use super::{RunId, SlotRecord};

/// What the rows bring forth, for the driver to take.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) ready: ReadyQueue,
    pub(super) records: VecDeque<SlotRecord>,
    pub(super) cancelled: VecDeque<RunId>,
}
