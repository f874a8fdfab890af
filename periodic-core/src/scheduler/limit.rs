use core::num::NonZeroUsize;

/// How many runs may go at once, and how many do.
#[derive(Debug)]
pub(super) struct Limit {
    most: Option<NonZeroUsize>,
    running: usize,
}

impl Limit {
    pub(super) fn new(most: Option<NonZeroUsize>) -> Self {
        Self { most, running: 0 }
    }

    /// Whether one more run may start.
    pub(super) fn has_room(&self) -> bool {
        self.most.is_none_or(|most| self.running < most.get())
    }

    pub(super) fn take(&mut self) {
        self.running += 1;
    }

    pub(super) fn give_back(&mut self) {
        self.running -= 1;
    }

    /// How many runs take a place of the limit.
    pub(super) fn running(&self) -> usize {
        self.running
    }
}
