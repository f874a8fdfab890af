use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::live_members::LiveMembers;
use crate::any_membership::AnyMembership;
use crate::watch::RETRY_AFTER;
use crate::{ChangeSender, Changes, Member, MemberChange, MembershipError};

/// Returns the engine's changes by the group's rules, and the members that fall silent.
pub(super) async fn watch(
    engine: Arc<dyn AnyMembership>,
    down_time: Duration,
) -> Result<Changes, MembershipError> {
    let told = engine.watch().await?;
    let fleet = LiveMembers::new(down_time, engine.members().await?, Instant::now());
    Ok(Changes::spawn(move |sender| Watch { engine, told, fleet, sender, again: None }.run()))
}

struct Watch {
    engine: Arc<dyn AnyMembership>,
    told: Changes,
    fleet: LiveMembers,
    sender: ChangeSender,
    /// The time of the next reading, if the store did not answer the last one.
    again: Option<Instant>,
}

impl Watch {
    async fn run(mut self) {
        loop {
            let look = self.again.or_else(|| self.fleet.next_change());
            let seen = tokio::select! {
                told = self.told.next() => match told {
                    None => return,
                    Some(told) => told.map(|change| self.sees(&change)),
                },
                // This watch may be late, so that a member only seems silent: the store decides.
                () = at(look) => self.engine.members().await.map(|members| self.reads(members)),
            };
            if !self.tells(seen).await {
                return;
            }
        }
    }

    fn sees(&mut self, change: &MemberChange) -> Vec<MemberChange> {
        self.fleet.see(change.member(), Instant::now()).into_iter().collect()
    }

    fn reads(&mut self, members: Vec<Member>) -> Vec<MemberChange> {
        self.again = None;
        self.fleet.read(members, Instant::now())
    }

    /// Sends the changes, or an error once until the store answers. Returns `false` if the receiver is gone.
    async fn tells(&mut self, seen: Result<Vec<MemberChange>, MembershipError>) -> bool {
        match seen {
            Ok(changes) => {
                for change in changes {
                    if !self.sender.send(Ok(change)).await {
                        return false;
                    }
                }
                true
            }
            Err(error) => {
                let (told, now) = (self.again.is_some(), Instant::now());
                // An engine that reports errors repeatedly must not delay the next reading.
                self.again = self.again.filter(|again| *again > now).or(Some(now + RETRY_AFTER));
                told || self.sender.send(Err(error)).await
            }
        }
    }
}

async fn at(instant: Option<Instant>) {
    match instant {
        None => std::future::pending().await,
        Some(instant) => tokio::time::sleep_until(instant).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MembershipErrorKind;
    use crate::memory::MemoryMembership;

    #[tokio::test(start_paused = true)]
    async fn errors_again_and_again_do_not_put_off_the_question() {
        let engine: Arc<dyn AnyMembership> = Arc::new(MemoryMembership::new());
        let told = engine.watch().await.unwrap();
        let (done, end) = tokio::sync::oneshot::channel();
        let _changes = Changes::spawn(move |sender| async move {
            let fleet = LiveMembers::new(Duration::from_secs(60), Vec::new(), Instant::now());
            let mut watch = Watch { engine, told, fleet, sender, again: None };
            let mut asked = Vec::new();
            for _ in 0..5 {
                let error = MembershipError::new(MembershipErrorKind::Store, "too slow");
                assert!(watch.tells(Err(error)).await);
                asked.push(watch.again);
                tokio::time::advance(Duration::from_millis(400)).await;
            }
            let _ = done.send(asked);
        });
        let asked = end.await.unwrap();
        assert!(asked[0] == asked[1] && asked[1] == asked[2], "within the second it stays");
        assert!(asked[3] > asked[2], "and where the store did not answer, it is asked again");
    }
}
