use super::Spread;

/// What most grids do not have, apart from them so that they are small.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    /// What moves the runs.
    pub(super) spread: Option<Spread>,
    /// Slots that were decided before the wall clock was set back, oldest first: they lie behind the next, or it was
    /// found by passing over them.
    pub(super) stretches: Vec<Stretch>,
}

impl Apart {
    /// `None` where there is nothing to keep apart.
    pub(super) fn of(spread: Option<Spread>) -> Option<Box<Self>> {
        spread.map(|spread| Box::new(Self { spread: Some(spread), stretches: Vec::new() }))
    }
}

/// All slots behind one point, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) after: i64,
    pub(super) upto: i64,
}

impl Stretch {
    pub(super) fn holds(self, slot: i64) -> bool {
        self.after < slot && slot <= self.upto
    }
}
