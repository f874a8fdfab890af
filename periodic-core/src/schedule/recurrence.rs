use std::sync::Arc;

use super::boundary::boundary;
use super::{Calendar, NEVER, Timeline};
use crate::spec::Spacing;
use crate::time::Timestamp;

/// The places of a schedule's slots on its timeline, decided or not.
///
/// Each method takes a point of the recurrence; an even recurrence is placed by that point alone.
#[derive(Clone, Debug)]
pub(super) enum Recurrence {
    /// At one distance on the boot-time clock.
    Boot(Spacing),
    /// At one distance on the wall clock.
    Wall(Spacing),
    /// On the wall clock, at the times of a calendar.
    Calendar(Arc<Calendar>),
}

impl Recurrence {
    pub(super) fn timeline(&self) -> Timeline {
        match self {
            Self::Boot(_) => Timeline::Boot,
            Self::Wall(_) | Self::Calendar(_) => Timeline::Wall,
        }
    }

    /// Returns the point after `point`.
    pub(super) fn after(&self, point: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => point.saturating_add(spacing.as_nanos()),
            Self::Calendar(calendar) => {
                calendar.next_after(Timestamp::from_nanos(point)).map_or(NEVER, Timestamp::as_nanos)
            }
        }
    }

    /// Returns the first point after any time of the wall clock; an even recurrence on it goes through the epoch.
    pub(super) fn first_after(&self, time: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => self.after(boundary(0, spacing.as_nanos(), time)),
            Self::Calendar(_) => self.after(time),
        }
    }

    /// Returns the point before `point`.
    pub(super) fn before(&self, point: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => point.saturating_sub(spacing.as_nanos()),
            Self::Calendar(calendar) => {
                calendar.prev_before(Timestamp::from_nanos(point)).map_or(i64::MIN, Timestamp::as_nanos)
            }
        }
    }

    /// Returns the last point before `limit`, which is after `point`.
    pub(super) fn last_before(&self, limit: i64, point: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => {
                boundary(point, spacing.as_nanos(), limit.saturating_sub(1))
            }
            Self::Calendar(_) => self.before(limit).max(point),
        }
    }

    /// Returns the last point up to any time of the wall clock.
    pub(super) fn last_upto(&self, time: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => boundary(0, spacing.as_nanos(), time),
            Self::Calendar(_) => self.before(time.saturating_add(1)),
        }
    }

    /// Returns the number of points from `oldest` to `newest`, both counted.
    pub(super) fn count(&self, oldest: i64, newest: i64) -> u64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => {
                // Their distance may exceed a signed number.
                (newest.abs_diff(oldest) / spacing.as_nanos().unsigned_abs()).saturating_add(1)
            }
            Self::Calendar(calendar) => {
                calendar.count_between(Timestamp::from_nanos(oldest), Timestamp::from_nanos(newest)) + 1
            }
        }
    }

    /// Returns the distance from `point` to the next one, in nanoseconds; at least 1.
    pub(super) fn distance_after(&self, point: i64) -> i64 {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => spacing.as_nanos(),
            Self::Calendar(_) => self.after(point).saturating_sub(point).max(1),
        }
    }

    /// Sets another distance; a calendar has none and stays unchanged.
    pub(super) fn respace(&mut self, to: Spacing) {
        match self {
            Self::Boot(spacing) | Self::Wall(spacing) => *spacing = to,
            Self::Calendar(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_points_over_more_than_half_of_the_range() {
        for (spacing, oldest, newest, count) in
            [(7, -14, 14, 5), (2, i64::MIN, i64::MAX - 1, 1 << 63), (1, i64::MIN, i64::MAX, u64::MAX)]
        {
            let recurrence = Recurrence::Wall(Spacing::from_nanos(spacing).unwrap());
            assert_eq!(recurrence.count(oldest, newest), count, "each {spacing} from {oldest} to {newest}");
        }
    }
}
