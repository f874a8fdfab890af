use std::cmp::Ordering;

use crate::{Member, MemberChange, Presence};

/// Returns the changes between two readings of all members, each sorted as [`Membership::members`] sorts them.
///
/// [`Membership::members`]: crate::Membership::members
pub(crate) fn differences(before: &[Member], now: &[Member]) -> Vec<MemberChange> {
    let mut changes = Vec::new();
    let (mut before, mut now) = (before.iter().peekable(), now.iter().peekable());
    loop {
        let order = match (before.peek(), now.peek()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(before), Some(now)) => before.key().cmp(&now.key()),
        };
        let was = if order.is_le() { before.next() } else { None };
        let is = if order.is_ge() { now.next() } else { None };
        changes.extend(change(was, is));
    }
}

fn change(was: Option<&Member>, is: Option<&Member>) -> Option<MemberChange> {
    let alive = |member: &Member| member.presence != Presence::Absent;
    match (was, is) {
        // Its record is gone.
        (Some(was), None) => {
            alive(was).then(|| MemberChange::Left(Member { presence: Presence::Absent, ..was.clone() }))
        }
        (was, Some(is)) => match (was.is_some_and(alive), alive(is)) {
            (false, true) => Some(MemberChange::Joined(is.clone())),
            (true, false) => Some(MemberChange::Left(is.clone())),
            _ if was.is_some_and(|was| is_same(was, is)) => None,
            _ => Some(MemberChange::Updated(is.clone())),
        },
        (None, None) => None,
    }
}

/// Whether only the age of the heartbeat, which grows by itself, has changed.
pub(crate) fn is_same(was: &Member, is: &Member) -> bool {
    let ageless = |presence| {
        if let Presence::Heartbeat { .. } = presence { Presence::Heartbeat { age: 0 } } else { presence }
    };
    ageless(was.presence) == ageless(is.presence) && Member { presence: is.presence, ..was.clone() } == *is
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beat(host: &str, reports: u64, age: i64) -> Member {
        Member { report_count: reports, ..Member::compute(host, Presence::Heartbeat { age }) }
    }

    #[test]
    fn each_difference_is_told_once() {
        let gone = |host| Member { report_count: 1, ..Member::compute(host, Presence::Absent) };
        let before =
            [beat("a", 1, 5), beat("b", 1, 5), beat("c", 1, 5), gone("d"), beat("f", 1, 5), gone("g")];
        let now = [beat("a", 1, 6), beat("b", 2, 0), gone("c"), beat("d", 1, 0), gone("e")];
        assert_eq!(
            differences(&before, &now),
            [
                MemberChange::Updated(beat("b", 2, 0)),
                MemberChange::Left(gone("c")),
                MemberChange::Joined(beat("d", 1, 0)),
                MemberChange::Updated(gone("e")),
                MemberChange::Left(gone("f")),
            ],
        );
    }
}
