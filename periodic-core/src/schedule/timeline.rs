use super::{Slot, SlotKind};
use crate::time::{Instant, Now, Timestamp};

/// The end of a timeline; nothing is due there.
pub(crate) const NEVER: i64 = i64::MAX;

/// The clock on which a grid lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timeline {
    Boot,
    Wall,
}

impl Timeline {
    pub(crate) const fn read(self, now: Now) -> i64 {
        match self {
            Self::Boot => now.boot.as_nanos(),
            Self::Wall => now.wall.as_nanos(),
        }
    }

    /// Returns the slot at `at` on this timeline, placed on the other one by the present distance of both clocks.
    pub(crate) fn slot(self, at: i64, now: Now) -> Slot {
        let (at, scheduled) = match self {
            Self::Boot => (Instant::from_nanos(at), now.wall_at(Instant::from_nanos(at))),
            Self::Wall => (now.boot_at(Timestamp::from_nanos(at)), Timestamp::from_nanos(at)),
        };
        Slot { kind: SlotKind::Scheduled, at, scheduled }
    }
}
