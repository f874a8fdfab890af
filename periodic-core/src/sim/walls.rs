use crate::time::{Instant, Now, Timestamp};

/// The readings of the wall clock at all instants, over all its changes.
#[derive(Clone, Debug)]
pub(super) struct Walls(Vec<Now>);

impl Walls {
    pub(super) fn new(start: Now) -> Self {
        Self(vec![start])
    }

    /// Records that the clock was set.
    pub(super) fn set(&mut self, now: Now) {
        self.0.push(now);
    }

    pub(super) fn at(&self, instant: Instant) -> Timestamp {
        let set = self.0.iter().rev().find(|set| set.boot <= instant).or(self.0.first());
        set.map_or_else(Timestamp::default, |set| set.wall_at(instant))
    }
}
