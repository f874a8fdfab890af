use core::num::NonZeroUsize;

/// The limit of active runs: its permits and those in use.
#[derive(Debug)]
pub(super) struct Limit {
    most: Option<NonZeroUsize>,
    running: usize,
}

impl Limit {
    pub(super) fn new(most: Option<NonZeroUsize>) -> Self {
        Self { most, running: 0 }
    }

    /// Whether a permit is free.
    pub(super) fn has_room(&self) -> bool {
        self.most.is_none_or(|most| self.running < most.get())
    }

    pub(super) fn take(&mut self) {
        self.running += 1;
    }

    pub(super) fn give_back(&mut self) {
        self.running -= 1;
    }

    /// Returns the number of permits in use.
    pub(super) fn running(&self) -> usize {
        self.running
    }
}
