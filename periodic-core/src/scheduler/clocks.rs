use crate::spec::{ScheduleSpec, TaskSpec};
use crate::time::{Instant, Now};

/// The instant before all others, for a clock that was not set.
pub(super) const NEVER_SET: Instant = Instant::from_nanos(i64::MIN);

/// The most by which the wall clock may fall behind the boot-time clock between two readings without a set clock, in
/// nanoseconds. Two clocks cannot be read at once, and one may be slewed.
const TOLERANCE: i64 = 10_000_000;

/// The most by which a wall clock may be set back without counting as wrong before, in nanoseconds: three hours, as in
/// Vixie's cron.
const CORRECTION: i64 = 3 * 3_600 * 1_000_000_000;

/// The time after a set clock was noticed within which a reading based on one before may come, in nanoseconds: see
/// [`Clock::shortly_after`](crate::time::Clock::shortly_after).
const STALE: u64 = 1_000_000;

/// The longest time between two readings in nanoseconds, if tasks follow the wall clock and their driver is on time.
pub(super) const UNREAD: i64 = 30 * 1_000_000_000;

/// The last reading of both clocks, which shows whether the wall clock was set.
#[derive(Debug)]
pub(super) struct Clocks {
    read: Now,
    /// The least lead of the wall clock over the boot-time clock, in nanoseconds; with a smaller one it was set back.
    least_ahead: i64,
    /// When it was last noticed to be set, forwards or back.
    set_at: Instant,
    /// Its lead before that, in nanoseconds.
    ahead_before: i64,
    /// The latest time that the wall clock showed before it was set back, in nanoseconds; `None` after a correction,
    /// or if it was never set back.
    furthest: Option<i64>,
    /// Whether a task ever followed the wall clock: each poll reads it from then on.
    pub(super) is_followed: bool,
}

/// The wall clock was set back between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SetBack {
    /// The earliest time that it may have shown since it was set, in nanoseconds.
    ///
    /// It may have been set just after the last reading, but at most [`UNREAD`] ago. A slot since then counts as
    /// shown; otherwise it would be lost.
    pub(super) from: i64,
    /// The size of the step, in nanoseconds.
    pub(super) by: i64,
    /// Whether it was wrong before: more than three hours ahead of the time to which it was set.
    pub(super) is_correction: bool,
    /// The last reading before it was set.
    pub(super) before: Now,
    furthest: i64,
}

impl Clocks {
    pub(super) fn new(now: Now) -> Self {
        let ahead_before = ahead(now);
        let least_ahead = ahead_before.saturating_sub(TOLERANCE);
        let (set_at, furthest, is_followed) = (NEVER_SET, None, false);
        Self { read: now, least_ahead, set_at, ahead_before, furthest, is_followed }
    }

    /// Notes whether a task follows the wall clock.
    pub(super) fn follow(&mut self, spec: &TaskSpec, now: Now) {
        let is_on_it = !matches!(spec.schedule, ScheduleSpec::Every { align: false, .. });
        if is_on_it && !self.is_followed {
            // Earlier changes of the clock concern no task.
            *self = Self { is_followed: true, ..Self::new(now) };
        }
    }

    /// Returns the last reading, brought forward to `boot`.
    pub(super) fn last_reading(&self, boot: Instant) -> Now {
        Now { boot, wall: self.read.wall_at(boot) }
    }

    /// Whether both clocks advanced alike since the last reading.
    #[inline]
    pub(super) fn went_on_alike(&self, now: Now) -> bool {
        let above = ahead(now).checked_sub(self.least_ahead);
        let is_alike = above.is_some_and(|above| above.cast_unsigned() <= 2 * TOLERANCE.unsigned_abs());
        is_alike && now.boot >= self.read.boot
    }

    /// Takes a reading; returns whether both clocks advanced alike since the last one. If not, the caller calls
    /// [`take_otherwise`](Self::take_otherwise).
    #[inline]
    pub(super) fn take(&mut self, now: Now) -> bool {
        let is_alike = self.went_on_alike(now);
        if is_alike {
            (self.read, self.least_ahead) = (now, ahead(now).saturating_sub(TOLERANCE));
        }
        is_alike
    }

    /// Takes any other reading; returns it corrected, and whether the wall clock was set back.
    pub(super) fn take_otherwise(&mut self, now: Now) -> (Now, Option<SetBack>) {
        if !self.is_new(now) {
            return (self.counts(now), None);
        }
        let set_back = self.seen(now);
        let furthest = match &set_back {
            Some(set_back) if set_back.is_correction => None,
            Some(set_back) => Some(set_back.furthest),
            None => self.furthest,
        };
        let ahead_before = self.least_ahead.saturating_add(TOLERANCE);
        let (set_at, is_followed) = (now.boot, self.is_followed);
        *self = Self { set_at, ahead_before, furthest, is_followed, ..Self::new(now) };
        (now, set_back)
    }

    /// Whether taking this reading would find the wall clock set back.
    pub(super) fn is_set_back(&self, now: Now) -> bool {
        !self.went_on_alike(now) && self.is_new(now) && self.seen(now).is_some()
    }

    /// Whether a reading is neither older than the last one nor based on an older one.
    fn is_new(&self, now: Now) -> bool {
        now.boot >= self.read.boot && self.counts(now) == now
    }

    /// Returns a reading with its wall clock corrected.
    ///
    /// A reading of another thread may be older than the last one, or based on an older one. Its wall clock may then
    /// show a time from before it was set.
    pub(super) fn counts(&self, now: Now) -> Now {
        let is_made_from_one_before = now.boot > self.set_at
            && now.boot.nanos_since(self.set_at) <= STALE
            && ahead(now).abs_diff(self.ahead_before) <= TOLERANCE.unsigned_abs();
        if now.boot < self.read.boot || is_made_from_one_before {
            return Now { wall: self.read.wall_at(now.boot), ..now };
        }
        now
    }

    /// Whether a reading of `now` would find the wall clock set back.
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
            // All steps are added up: several of two hours each would stop a schedule for a day.
            is_correction: furthest.saturating_sub(wall) > CORRECTION,
            before: self.read,
            furthest,
        })
    }
}

/// Returns the lead of the wall clock over the boot-time clock, in nanoseconds.
fn ahead(now: Now) -> i64 {
    now.wall.as_nanos().saturating_sub(now.boot.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    const SECOND: i64 = 1_000_000_000;

    fn take(clocks: &mut Clocks, now: Now) -> Option<SetBack> {
        if clocks.take(now) { None } else { clocks.take_otherwise(now).1 }
    }

    fn at(boot: i64, wall: i64) -> Now {
        Now::new(Instant::from_secs(boot), Timestamp::from_secs(wall))
    }

    #[test]
    fn steps_count_together() {
        let hour = 3_600;
        let mut clocks = Clocks::new(at(0, 100 * hour));
        let mut set =
            |boot: i64, wall| take(&mut clocks, at(boot, wall)).map(|one| (one.by, one.is_correction));
        let secs = |secs: i64| secs * 1_000_000_000;
        assert_eq!(set(10, 100 * hour + 10), None);
        assert_eq!(set(20, 98 * hour + 20), Some((secs(2 * hour), false)));
        assert_eq!(set(30, 97 * hour + 30), Some((secs(hour), false)), "three hours, not more");
        assert_eq!(set(40, 97 * hour + 19), Some((secs(21), true)));
        assert_eq!(
            set(50, 95 * hour + 29),
            Some((secs(2 * hour), false)),
            "a correction forgets the wrong time"
        );
        // Four hours later it shows times that it has not shown yet.
        assert_eq!(set(50 + 4 * hour, 99 * hour + 29), None);
        assert_eq!(set(60 + 4 * hour, 97 * hour + 39), Some((secs(2 * hour), false)));
    }

    #[test]
    fn an_older_reading_of_another_thread_is_ignored() {
        let mut clocks = Clocks::new(at(10, 1_010));
        let mut by = |now: Now| take(&mut clocks, now).map(|one| one.by / 1_000_000_000);
        assert_eq!(by(at(20, 920)), Some(100));
        assert_eq!(by(at(15, 1_015)), None);
        assert_eq!(by(at(15, 15)), None);
        assert_eq!(by(at(30, 930)), None);
    }

    #[test]
    fn a_reading_made_from_one_before_the_clock_was_set_is_placed_by_the_new_time() {
        let micros = |boot: i64, wall: i64| {
            Now::new(Instant::from_nanos(boot * 1_000), Timestamp::from_nanos(wall * 1_000))
        };
        let hours = 5 * 3_600 * 1_000_000;
        for set in [-hours, hours] {
            let mut clocks = Clocks::new(micros(0, 10 * hours));
            let before = take(&mut clocks, micros(1_000, 10 * hours + set + 1_000));
            assert_eq!(before.is_some(), set < 0);
            for late in [900, 1_800] {
                let stale = micros(late, 10 * hours + late);
                assert!(!clocks.take(stale));
                assert_eq!(clocks.take_otherwise(stale), (micros(late, 10 * hours + set + late), None));
            }
            // A millisecond later both clocks are read again, so then it was really set.
            let again = take(&mut clocks, micros(2_100, 10 * hours + 2_100));
            assert_eq!(again.is_some(), set > 0);
        }
    }

    #[test]
    fn clocks_at_the_ends_of_their_ranges_are_met() {
        let (first, last) = (i64::MIN, i64::MAX);
        let now = |boot, wall| Now::new(Instant::from_nanos(boot), Timestamp::from_nanos(wall));
        let mut clocks = Clocks::new(now(0, last));
        assert!(take(&mut clocks, now(SECOND, first)).unwrap().is_correction);
        assert_eq!(take(&mut clocks, now(2 * SECOND, last)), None);
        assert!(take(&mut clocks, now(last, first)).unwrap().is_correction);
    }
}
