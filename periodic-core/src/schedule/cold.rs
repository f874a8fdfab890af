use super::Spread;

/// The rarely needed part of a grid, in a box so that a grid stays small.
#[derive(Clone, Debug, Default)]
pub(super) struct Cold {
    /// The jitter of the runs.
    pub(super) spread: Option<Spread>,
    /// Slots that were decided before the wall clock was set back, oldest first. They lie after the next slot, or were
    /// passed over to find it.
    pub(super) decided: Vec<DecidedRange>,
}

impl Cold {
    /// Creates the part for a jitter; `None` without one.
    pub(super) fn of(spread: Option<Spread>) -> Option<Box<Self>> {
        spread.map(|spread| Box::new(Self { spread: Some(spread), decided: Vec::new() }))
    }
}

/// All slots after one point, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DecidedRange {
    pub(super) after: i64,
    pub(super) upto: i64,
}

impl DecidedRange {
    pub(super) fn contains(self, slot: i64) -> bool {
        self.after < slot && slot <= self.upto
    }
}
