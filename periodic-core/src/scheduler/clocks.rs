use crate::task::{ScheduleSpec, TaskSpec};
use crate::time::{Instant, Now};

/// Before all instants, for a clock that was not set.
pub(super) const NEVER_SET: Instant = Instant::from_nanos(i64::MIN);

/// So much less than the other clock the wall clock may go on between two readings without being set: two clocks are not
/// read at once, and one may be slewed. In nanoseconds.
const TOLERANCE: i64 = 10_000_000;

/// A wall clock that is set back by more was wrong before, in nanoseconds: three hours, as in Vixie's cron.
const CORRECTION: i64 = 3 * 3_600 * 1_000_000_000;

/// So far apart are two readings, in nanoseconds, where tasks follow the wall clock and nothing holds up their driver.
pub(super) const UNREAD: i64 = 30 * 1_000_000_000;

/// Both clocks as they were read last, by which a wall clock is found set back.
#[derive(Debug)]
pub(super) struct Clocks {
    read: Now,
    /// How far ahead the wall clock must be of the other, or else it was set back; in nanoseconds.
    least_ahead: i64,
    /// The latest time that the wall clock has shown before it was set back, in nanoseconds; `None` where all of it was
    /// wrong, or it never was.
    furthest: Option<i64>,
    /// Whether there ever was a task on the wall clock: then each poll reads that.
    pub(super) is_followed: bool,
}

/// The wall clock was set back between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SetBack {
    /// The earliest time to which, in nanoseconds.
    ///
    /// It may have been set as soon as it was read before, of which a [part](UNREAD) counts: what it may have shown in
    /// that time it has shown, or a slot in between would be lost.
    pub(super) from: i64,
    /// By how many nanoseconds.
    pub(super) by: i64,
    /// Whether it was wrong before.
    pub(super) is_correction: bool,
    /// The reading before.
    pub(super) before: Now,
    furthest: i64,
}

impl Clocks {
    pub(super) fn new(now: Now) -> Self {
        let least_ahead = ahead(now).saturating_sub(TOLERANCE);
        Self { read: now, least_ahead, furthest: None, is_followed: false }
    }

    /// Notes whether a task follows the wall clock.
    pub(super) fn follow(&mut self, spec: &TaskSpec, now: Now) {
        let is_on_it = !matches!(spec.schedule, ScheduleSpec::Every { align: false, .. });
        if is_on_it && !self.is_followed {
            // What it did before concerns no task.
            *self = Self { is_followed: true, ..Self::new(now) };
        }
    }

    /// Takes a reading; answers whether the wall clock was set back since the one before.
    #[inline]
    pub(super) fn take(&mut self, now: Now) -> Option<SetBack> {
        let ahead = ahead(now);
        if ahead < self.least_ahead {
            return self.take_set_back(now);
        }
        // One that was made before it, by another thread, tells nothing new.
        if now.boot >= self.read.boot {
            (self.read, self.least_ahead) = (now, ahead.saturating_sub(TOLERANCE));
        }
        None
    }

    #[cold]
    fn take_set_back(&mut self, now: Now) -> Option<SetBack> {
        let set_back = self.seen(now)?;
        let furthest = (!set_back.is_correction).then_some(set_back.furthest);
        *self = Self { furthest, is_followed: self.is_followed, ..Self::new(now) };
        Some(set_back)
    }

    /// Whether the wall clock was set back, as a reading would find it.
    pub(super) fn seen(&self, now: Now) -> Option<SetBack> {
        if ahead(now) >= self.least_ahead || now.boot < self.read.boot {
            return None;
        }
        let (would, wall) = (self.read.wall_at(now.boot).as_nanos(), now.wall.as_nanos());
        let passed = i64::try_from(now.boot.nanos_since(self.read.boot)).unwrap_or(i64::MAX);
        let furthest = self.furthest.map_or(would, |furthest| furthest.max(would));
        Some(SetBack {
            from: wall.saturating_sub(passed.min(UNREAD)),
            by: would.saturating_sub(wall),
            // All steps count together, or several of two hours would stop a schedule for a day.
            is_correction: furthest.saturating_sub(wall) > CORRECTION,
            before: self.read,
            furthest,
        })
    }
}

/// How far the wall clock is ahead of the other, in nanoseconds.
fn ahead(now: Now) -> i64 {
    now.wall.as_nanos().saturating_sub(now.boot.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn at(boot: i64, wall: i64) -> Now {
        Now::new(Instant::from_secs(boot), Timestamp::from_secs(wall))
    }

    #[test]
    fn what_is_set_back_on_the_way_counts_together() {
        let hour = 3_600;
        let mut clocks = Clocks::new(at(0, 100 * hour));
        let mut set = |boot: i64, wall| clocks.take(at(boot, wall)).map(|one| (one.by, one.is_correction));
        let secs = |secs: i64| secs * 1_000_000_000;
        assert_eq!(set(10, 100 * hour + 10), None);
        assert_eq!(set(20, 98 * hour + 20), Some((secs(2 * hour), false)));
        assert_eq!(set(30, 97 * hour + 30), Some((secs(hour), false)), "three hours, not more");
        assert_eq!(set(40, 97 * hour + 19), Some((secs(21), true)));
        assert_eq!(set(50, 95 * hour + 29), Some((secs(2 * hour), false)), "what was wrong is forgotten");
        // Four hours later it is where it was.
        assert_eq!(set(50 + 4 * hour, 99 * hour + 29), None);
        assert_eq!(set(60 + 4 * hour, 97 * hour + 39), Some((secs(2 * hour), false)));
    }

    #[test]
    fn what_was_read_before_tells_nothing_new() {
        let mut clocks = Clocks::new(at(10, 1_010));
        let by = |found: Option<SetBack>| found.map(|one| one.by / 1_000_000_000);
        assert_eq!(by(clocks.take(at(20, 920))), Some(100));
        assert_eq!(by(clocks.take(at(15, 1_015))), None);
        assert_eq!(by(clocks.take(at(15, 15))), None);
        assert_eq!(by(clocks.take(at(30, 930))), None);
    }

    #[test]
    fn clocks_at_the_ends_of_their_ranges_are_met() {
        let (first, last) = (i64::MIN, i64::MAX);
        let now = |boot, wall| Now::new(Instant::from_nanos(boot), Timestamp::from_nanos(wall));
        let mut clocks = Clocks::new(now(0, last));
        assert!(clocks.take(now(1, first)).unwrap().is_correction);
        assert_eq!(clocks.take(now(2, last)), None);
        assert!(clocks.take(now(last, first)).unwrap().is_correction);
    }
}
