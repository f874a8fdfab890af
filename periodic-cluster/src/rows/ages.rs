use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use periodic_core::time::{Clock as _, Instant, Timestamp};
use periodic_runtime::SystemClock;

use crate::{Member, Presence};

/// The change of the store's lead over this machine's boot-time clock between two readings, in nanoseconds, beyond
/// which the store's clock counts as set.
const SET: i64 = 1_000_000_000;

/// Keeps the ages of heartbeats correct when the store's clock is set.
///
/// A store of rows dates heartbeats by a wall clock, so setting that clock would change the age of every member. A
/// comparison with this machine's boot-time clock between two readings shows that it was set. Then the age of a known
/// heartbeat is its last age plus the time since, and a new heartbeat is no older than the last reading.
#[derive(Debug, Default)]
pub(super) struct Ages {
    clock: SystemClock,
    last: Mutex<Last>,
}

/// The last reading.
#[derive(Debug, Default)]
struct Last {
    /// The bounds of the store's lead over the boot-time clock.
    ahead: Option<(i64, i64)>,
    seen: BTreeMap<(String, String), Seen>,
}

#[derive(Debug)]
struct Seen {
    heartbeat: (Option<Timestamp>, u64),
    age: i64,
    at: Instant,
    /// The time that is added to the store's age while the heartbeat is the same.
    correction: i64,
}

impl Ages {
    pub(super) fn now(&self) -> Instant {
        self.clock.now().boot
    }

    /// Corrects members that were requested at `begun` and arrived now; `wall` is the store's clock in between.
    pub(super) fn correct(&self, begun: Instant, wall: Timestamp, members: &mut [Member]) {
        let now = self.now();
        // After a panic the next reading replaces the state.
        self.last.lock().unwrap_or_else(PoisonError::into_inner).correct(begun, now, wall, members);
    }
}

impl Last {
    fn correct(&mut self, begun: Instant, now: Instant, wall: Timestamp, members: &mut [Member]) {
        let ahead_of = |boot: Instant| wall.as_nanos().saturating_sub(boot.as_nanos());
        let (least, most) = (ahead_of(now), ahead_of(begun));
        let was_set = self.ahead.is_some_and(|(least_before, most_before)| {
            least.saturating_sub(most_before) > SET || least_before.saturating_sub(most) > SET
        });
        self.ahead = Some((least, most));
        let mut before = std::mem::take(&mut self.seen);
        for member in members {
            let Presence::Heartbeat { age: told } = member.presence else { continue };
            let key = (member.binary.clone(), member.host.clone());
            let heartbeat = (member.last_seen, member.report_count);
            let age = match before.remove(&key) {
                None => told,
                Some(seen) => {
                    let since = now.as_nanos().saturating_sub(seen.at.as_nanos());
                    match (seen.heartbeat == heartbeat, was_set) {
                        (true, true) => seen.age.saturating_add(since),
                        (true, false) => told.saturating_add(seen.correction),
                        (false, true) => told.clamp(0, since.max(0).saturating_add(SET)),
                        (false, false) => told,
                    }
                }
            };
            member.presence = Presence::Heartbeat { age };
            let correction = age.saturating_sub(told);
            self.seen.insert(key, Seen { heartbeat, age, at: now, correction });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    /// A store whose clock is `ahead` seconds before the boot-time clock, and its heartbeats.
    struct Store {
        last: Last,
        ahead: i64,
        beats: Vec<(String, i64, u64)>,
    }

    impl Store {
        fn new(ahead: i64) -> Self {
            Self { last: Last::default(), ahead, beats: Vec::new() }
        }

        fn beat(&mut self, host: &str, boot: i64) {
            let at = boot + self.ahead;
            match self.beats.iter_mut().find(|(one, ..)| one == host) {
                Some(beat) => (beat.1, beat.2) = (at, beat.2 + 1),
                None => self.beats.push((host.to_owned(), at, 0)),
            }
        }

        /// Returns the ages in seconds, read at `boot` seconds.
        fn ages(&mut self, boot: i64) -> Vec<i64> {
            let wall = boot + self.ahead;
            let mut members: Vec<Member> = self
                .beats
                .iter()
                .map(|(host, at, reports)| Member {
                    last_seen: Some(Timestamp::from_nanos(at * SECOND)),
                    report_count: *reports,
                    ..Member::compute(host, Presence::Heartbeat { age: (wall - at) * SECOND })
                })
                .collect();
            let at = Instant::from_nanos(boot * SECOND);
            self.last.correct(at, at, Timestamp::from_nanos(wall * SECOND), &mut members);
            let age = |member: &Member| match member.presence {
                Presence::Heartbeat { age } => age / SECOND,
                presence => panic!("{presence:?}"),
            };
            members.iter().map(age).collect()
        }
    }

    #[test]
    fn setting_the_clock_changes_no_age() {
        for set in [3_600, -3_600, 10_000_000, -40] {
            let mut store = Store::new(1_000);
            store.beat("a", 0);
            store.beat("b", 4);
            assert_eq!(store.ages(5), [5, 1]);
            store.ahead += set;
            assert_eq!(store.ages(6), [6, 2], "set by {set} s");
            assert_eq!(store.ages(7), [7, 3], "and it stays so");
            // The next heartbeat is dated by the new clock.
            store.beat("a", 8);
            assert_eq!(store.ages(9), [1, 5]);
            // The clock is set right again, and one member falls silent for good.
            store.ahead -= set;
            store.beat("a", 11);
            assert_eq!(store.ages(12), [1, 8]);
            assert_eq!(store.ages(80), [69, 76]);
        }
    }

    #[test]
    fn a_heartbeat_that_is_first_read_after_the_clock_was_set() {
        for set in [3_600, -3_600] {
            let mut store = Store::new(0);
            store.beat("a", 0);
            assert_eq!(store.ages(1), [1]);
            store.beat("a", 5);
            store.ahead += set;
            let age = store.ages(6)[0];
            assert!((0..=6).contains(&age), "no older than the last reading, and not of the future: {age}");
        }
    }

    #[test]
    fn without_a_set_clock_the_store_has_the_word() {
        let mut store = Store::new(0);
        store.beat("a", 0);
        assert_eq!(store.ages(1), [1]);
        // Like an edit of the row.
        store.beats[0].1 = 100;
        assert_eq!(store.ages(2), [-98]);
        store.beats[0].1 = -100;
        assert_eq!(store.ages(3), [103]);
    }

    #[test]
    fn a_slow_answer_is_no_set_clock() {
        let mut last = Last::default();
        let (begun, now) = (Instant::from_nanos(0), Instant::from_nanos(5 * SECOND));
        for wall in [0, 5] {
            let told = Presence::Heartbeat { age: 7 * SECOND };
            let mut members = [Member::compute("a", told)];
            last.correct(begun, now, Timestamp::from_nanos(wall * SECOND), &mut members);
            assert_eq!(members[0].presence, told);
        }
    }
}
