use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use super::is_up;
use crate::watch::is_same;
use crate::{Member, MemberChange, Presence};

/// The least time between two looks at a member that is about to turn: an age has the resolution of the store's clock.
const LEAST: Duration = Duration::from_millis(5);
/// The number of members that leave after which all are read again, because the records of some may be gone.
const LEFT: usize = 10_000;

/// The members as last reported, and whether each was up.
pub(super) struct LiveMembers {
    down_time: Duration,
    members: BTreeMap<Key, Seen>,
    /// The times when members go up or down by time alone. Sorted, because the first is needed after each change.
    turns: BTreeSet<(Instant, Key)>,
    /// The members that have left since the last reading, and the time of the last one.
    left: usize,
    last_left: Option<Instant>,
}

/// The service and the host.
type Key = (String, String);

struct Seen {
    member: Member,
    up: bool,
    /// Its time in `LiveMembers::turns`.
    turns: Option<Instant>,
}

impl LiveMembers {
    pub(super) fn new(down_time: Duration, members: Vec<Member>, now: Instant) -> Self {
        let mut fleet =
            Self { down_time, members: BTreeMap::new(), turns: BTreeSet::new(), left: 0, last_left: None };
        fleet.read(members, now);
        fleet
    }

    /// Updates one member, and returns its change.
    pub(super) fn see(&mut self, member: &Member, now: Instant) -> Option<MemberChange> {
        let up = is_up(member, self.down_time);
        let turns = self.turns_in(member).map(|wait| now + wait.max(LEAST));
        let key = (member.binary.clone(), member.host.clone());
        self.turns.extend(turns.map(|at| (at, key.clone())));
        let before = self.members.insert(key.clone(), Seen { member: member.clone(), up, turns });
        if let Some(before) = before.as_ref().and_then(|before| before.turns).filter(|at| Some(*at) != turns)
        {
            self.turns.remove(&(before, key));
        }
        match (before.as_ref().is_some_and(|before| before.up), up) {
            (false, true) => Some(MemberChange::Joined(member.clone())),
            (true, false) => {
                (self.left, self.last_left) = (self.left + 1, Some(now));
                Some(MemberChange::Left(member.clone()))
            }
            _ if before.is_some_and(|before| is_same(&before.member, member)) => None,
            _ => Some(MemberChange::Updated(member.clone())),
        }
    }

    /// Replaces all members, and returns the changes.
    pub(super) fn read(&mut self, members: Vec<Member>, now: Instant) -> Vec<MemberChange> {
        self.left = 0;
        let mut gone = std::mem::take(&mut self.members);
        let mut changes = Vec::new();
        for member in members {
            let key = (member.binary.clone(), member.host.clone());
            if let Some(before) = gone.remove(&key) {
                self.members.insert(key, before);
            }
            changes.extend(self.see(&member, now));
        }
        for (key, seen) in gone {
            if let Some(at) = seen.turns {
                self.turns.remove(&(at, key));
            }
            if seen.up {
                changes.push(MemberChange::Left(Member { presence: Presence::Absent, ..seen.member }));
            }
        }
        changes
    }

    /// Returns the next time when the members must be read: one may go up or down by time alone, or 10 000 have left,
    /// of which those without a record are forgotten.
    pub(super) fn next_change(&self) -> Option<Instant> {
        if self.left > LEFT {
            return self.last_left;
        }
        self.turns.first().map(|(at, _)| *at)
    }

    fn turns_in(&self, member: &Member) -> Option<Duration> {
        let Presence::Heartbeat { age } = member.presence else { return None };
        if member.forced_down {
            return None;
        }
        let most = i64::try_from(self.down_time.as_nanos()).unwrap_or(i64::MAX);
        let wait = if age < -most {
            (-most).saturating_sub(age)
        } else {
            most.saturating_sub(age).saturating_add(1)
        };
        // A member that is down stays down until a change of it is reported.
        u64::try_from(wait).ok().filter(|wait| *wait > 0).map(Duration::from_nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOWN_TIME: Duration = Duration::from_secs(60);

    fn beat(seconds: i64) -> Member {
        Member::compute("node-1", Presence::Heartbeat { age: seconds * 1_000_000_000 })
    }

    /// Returns the milliseconds until time alone turns the member.
    fn turns_in(member: Member) -> Option<u128> {
        let now = Instant::now();
        let turn = LiveMembers::new(DOWN_TIME, vec![member], now).next_change();
        turn.map(|turn| (turn - now).as_millis())
    }

    #[test]
    fn time_alone_turns_heartbeats() {
        assert_eq!(turns_in(beat(0)), Some(60_000));
        assert_eq!(turns_in(beat(59)), Some(1_000));
        assert_eq!(turns_in(beat(60)), Some(5), "not in a busy loop");
        assert_eq!(turns_in(beat(61)), None);
        let just_down = Member::compute("node-1", Presence::Heartbeat { age: 60_000_000_001 });
        assert_eq!(turns_in(just_down), None);
        assert_eq!(turns_in(beat(-60)), Some(120_000));
        assert_eq!(turns_in(beat(-70)), Some(10_000), "one of the future comes near enough");
        assert_eq!(turns_in(Member::compute("node-1", Presence::Present)), None);
        assert_eq!(turns_in(Member { forced_down: true, ..beat(0) }), None);
    }

    #[test]
    fn each_turn_is_told_once() {
        let now = Instant::now();
        let mut fleet = LiveMembers::new(DOWN_TIME, vec![beat(0)], now);
        assert_eq!(fleet.read(vec![beat(30)], now), []);
        assert_eq!(fleet.read(vec![beat(61)], now), [MemberChange::Left(beat(61))]);
        assert_eq!(fleet.read(vec![beat(62)], now), []);
        assert_eq!(fleet.see(&beat(1), now), Some(MemberChange::Joined(beat(1))));
        let reported = Member { report_count: 1, ..beat(0) };
        assert_eq!(fleet.see(&reported, now), Some(MemberChange::Updated(reported.clone())));
        let gone = Member { presence: Presence::Absent, ..reported };
        assert_eq!(fleet.read(Vec::new(), now), [MemberChange::Left(gone)], "its record is gone");
        assert_eq!(fleet.next_change(), None);
    }

    /// Nodes of a cloud come and go under new names, and their records are removed.
    #[test]
    fn members_whose_records_are_gone_are_forgotten() {
        let (now, mut most) = (Instant::now(), 0);
        let mut fleet = LiveMembers::new(DOWN_TIME, Vec::new(), now);
        for number in 0..100_000 {
            for (presence, joins) in [(Presence::Present, true), (Presence::Absent, false)] {
                let change = fleet.see(&Member::compute(&format!("node-{number}"), presence), now);
                assert_eq!(matches!(change, Some(MemberChange::Joined(_))), joins);
            }
            if fleet.next_change().is_some() {
                assert_eq!(fleet.read(Vec::new(), now), []);
            }
            most = most.max(fleet.members.len());
        }
        assert!(most <= LEFT + 1, "{most}");
    }

    /// A search of all members after each heartbeat would take minutes.
    #[test]
    fn the_next_turn_of_a_large_fleet_is_found_at_once() {
        let now = Instant::now();
        let hosts: Vec<_> = (0..100_000).map(|number| format!("node-{number}")).collect();
        let mut fleet = LiveMembers::new(DOWN_TIME, Vec::new(), now);
        for age in [3, 2, 1] {
            for host in &hosts {
                let presence = Presence::Heartbeat { age: age * 1_000_000_000 };
                let _ = fleet.see(&Member::compute(host, presence), now);
                assert!(fleet.next_change().is_some());
            }
        }
        assert_eq!(fleet.turns.len(), hosts.len());
        assert_eq!(fleet.next_change(), fleet.members.values().filter_map(|seen| seen.turns).min());
        let last = Member::compute("node-7", Presence::Heartbeat { age: 9 });
        let _ = fleet.read(vec![last], now);
        assert_eq!(fleet.turns.len(), 1);
    }
}
