use core::num::NonZeroU64;

use crate::task::Cancellation;
use crate::time::Now;

/// The progress of a pass.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// The position of the next row among the due rows.
    pub(super) place: usize,
    /// When the pass began.
    pub(super) begun: Now,
    /// The generation of the runs that the pass makes ready.
    pub(super) generation: i64,
    /// Whether ready runs come before the rest of the due rows.
    pub(super) has_ready: bool,
    pub(super) at_hand: Option<RunAtHand>,
    /// The token of the other runs, kept while a noted run with its own token is at hand.
    pub(super) token: Option<Cancellation>,
}

/// The run at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunAtHand {
    pub(super) row: u32,
    /// The number of a run that is noted as active.
    pub(super) serial: Option<NonZeroU64>,
}
