use super::differences;
use super::outage::Outage;
use crate::{Change, ChangeSender, Member, MembershipError};
use std::time::Duration;

/// How long it is waited before a store that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// The members as a watch knows them.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<Member>);

impl Known {
    pub(crate) fn new(members: Vec<Member>) -> Self {
        Self(members)
    }

    /// What is new in a reading of all members.
    pub(crate) fn read(&mut self, now: Vec<Member>) -> Vec<Change> {
        let changes = differences(&self.0, &now);
        self.0 = now;
        changes
    }

    /// What is new of one member, of which `None` says that it has no record.
    pub(crate) fn see(&mut self, service: &str, host: &str, now: Option<Member>) -> Vec<Change> {
        let place = self.0.binary_search_by(|member| member.key().cmp(&(service, host)));
        let was = place.ok().map(|index| self.0.remove(index));
        let (Ok(index) | Err(index)) = place;
        let changes = differences(was.as_slice(), now.as_slice());
        if let Some(now) = now {
            self.0.insert(index, now);
        }
        changes
    }
}

/// Where a watch learns what has changed.
pub(crate) trait Source: Send {
    /// Waits for what comes next. After an error it begins again, with all that has changed meanwhile.
    fn next(&mut self) -> impl Future<Output = Result<Vec<Change>, MembershipError>> + Send;
}

/// Tells what `source` learns until nobody listens, and an error once for each time that the store is away.
pub(crate) async fn follow(mut source: impl Source, sender: ChangeSender) {
    let mut outage = Outage::default();
    loop {
        let next = source.next().await;
        for change in outage.told(next) {
            if sender.send(change).await.is_err() {
                return;
            }
        }
        if outage.is_on() {
            tokio::time::sleep(AGAIN).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sign;

    #[test]
    fn one_member_is_put_where_it_belongs() {
        let present = |host| Member::compute(host, Sign::Present);
        let mut known = Known::new(vec![present("a"), present("c")]);
        assert_eq!(known.see("nova-compute", "b", Some(present("b"))), [Change::Joined(present("b"))]);
        assert_eq!(known.see("nova-compute", "b", Some(present("b"))), []);
        let gone = Member::compute("c", Sign::Absent);
        assert_eq!(known.see("nova-compute", "c", Some(gone.clone())), [Change::Left(gone.clone())]);
        assert_eq!(known.see("nova-compute", "c", None), [], "it was down already");
        assert_eq!(known.see("nova-compute", "c", None), []);
        assert_eq!(known.read(vec![present("a"), present("b")]), []);
    }
}
