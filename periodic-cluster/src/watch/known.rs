use std::collections::BTreeMap;

use super::differences;
use crate::{Member, MemberChange};

/// The members that a watch knows, sorted by service and then by host.
#[derive(Debug, Default)]
pub(crate) struct KnownMembers(BTreeMap<(String, String), Member>);

impl KnownMembers {
    pub(crate) fn new(members: Vec<Member>) -> Self {
        Self(members.into_iter().map(|member| (key(member.key()), member)).collect())
    }

    /// Returns the changes since the last reading, and replaces all members by those of `now`.
    pub(crate) fn read(&mut self, now: Vec<Member>) -> Vec<MemberChange> {
        let before: Vec<_> = std::mem::take(&mut self.0).into_values().collect();
        let changes = differences(&before, &now);
        *self = Self::new(now);
        changes
    }

    /// Returns the changes of one member, and replaces it by `now`; `None` means that it has no record.
    #[cfg(any(feature = "etcd", feature = "zookeeper"))]
    pub(crate) fn see(&mut self, service: &str, host: &str, now: Option<Member>) -> Vec<MemberChange> {
        let key = key((service, host));
        let was = self.0.remove(&key);
        let changes = differences(was.as_slice(), now.as_slice());
        self.0.extend(now.map(|now| (key, now)));
        changes
    }

    /// Replaces a member whose change was reported.
    #[cfg(feature = "conductor")]
    pub(crate) fn told(&mut self, member: &Member) {
        self.0.insert(key(member.key()), member.clone());
    }

    #[cfg(feature = "conductor")]
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

fn key((service, host): (&str, &str)) -> (String, String) {
    (service.to_owned(), host.to_owned())
}

#[cfg(all(test, any(feature = "etcd", feature = "zookeeper")))]
mod tests {
    use super::*;
    use crate::Presence;

    #[test]
    fn one_member_is_put_where_it_belongs() {
        let present = |host| Member::compute(host, Presence::Present);
        let mut known = KnownMembers::new(vec![present("a"), present("c")]);
        assert_eq!(known.see("nova-compute", "b", Some(present("b"))), [MemberChange::Joined(present("b"))]);
        assert_eq!(known.see("nova-compute", "b", Some(present("b"))), []);
        let gone = Member::compute("c", Presence::Absent);
        assert_eq!(known.see("nova-compute", "c", Some(gone.clone())), [MemberChange::Left(gone.clone())]);
        assert_eq!(known.see("nova-compute", "c", None), [], "it was down already");
        assert_eq!(known.see("nova-compute", "c", None), []);
        assert_eq!(known.read(vec![present("a"), present("b")]), []);
    }

    /// A sorted list would move all its members for each that joins in reverse order, which took minutes.
    #[test]
    fn a_large_fleet_joins_and_goes_in_no_time() {
        let hosts = || (0..100_000).rev().map(|number| format!("node-{number:06}"));
        let mut known = KnownMembers::default();
        for host in hosts() {
            let present = Member::compute(&host, Presence::Present);
            assert_eq!(known.see("nova-compute", &host, Some(present)).len(), 1);
        }
        for host in hosts().take(99_999) {
            assert_eq!(known.see("nova-compute", &host, None).len(), 1);
        }
        assert_eq!(known.read(Vec::new()).len(), 1);
    }
}
