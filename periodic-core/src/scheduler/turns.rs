use core::num::NonZeroU64;

use crate::task::Cancellation;
use crate::time::Now;

/// How far a pass is.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// The place in the batch of the row that is next.
    pub(super) place: usize,
    /// When the pass began.
    pub(super) begun: Now,
    /// The turn of what the pass makes ready.
    pub(super) turn: i64,
    /// Whether runs are ready that come before.
    pub(super) has_ready: bool,
    pub(super) at_hand: Option<AtHand>,
    /// The token of the other runs, while one that is noted is at hand: that one's goes back to where it came from.
    pub(super) token: Option<Cancellation>,
}

/// The run that is going.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtHand {
    pub(super) row: u32,
    /// The number of a run that is noted as going.
    pub(super) serial: Option<NonZeroU64>,
}
