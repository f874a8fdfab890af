use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::AnyMembership;
use super::fleet::Fleet;
use crate::{Change, ChangeSender, Changes, Member, MembershipError};

/// How long it is waited before a store that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// What the engine tells, by the group's rules, and who falls silent.
pub(super) async fn watch(
    driver: Arc<dyn AnyMembership>,
    down_time: Duration,
) -> Result<Changes, MembershipError> {
    let told = driver.watch().await?;
    let fleet = Fleet::new(down_time, driver.members().await?, Instant::now());
    Ok(Changes::spawn(move |sender| Watch { driver, told, fleet, sender, again: None }.run()))
}

struct Watch {
    driver: Arc<dyn AnyMembership>,
    told: Changes,
    fleet: Fleet,
    sender: ChangeSender,
    /// When the store is asked again, if it did not answer last.
    again: Option<Instant>,
}

impl Watch {
    async fn run(mut self) {
        loop {
            let look = self.again.or_else(|| self.fleet.next_turn());
            let seen = tokio::select! {
                told = self.told.next() => match told {
                    None => return,
                    Some(told) => told.map(|change| self.sees(&change)),
                },
                // That somebody seems to be silent may be due to this watch. The store knows.
                () = at(look) => self.driver.members().await.map(|members| self.reads(members)),
            };
            if !self.tells(seen).await {
                return;
            }
        }
    }

    fn sees(&mut self, change: &Change) -> Vec<Change> {
        self.fleet.see(change.member(), Instant::now()).into_iter().collect()
    }

    fn reads(&mut self, members: Vec<Member>) -> Vec<Change> {
        self.again = None;
        self.fleet.read(members, Instant::now())
    }

    /// Passes on what was seen, and an error once, until the store answers. `false` if nobody listens any more.
    async fn tells(&mut self, seen: Result<Vec<Change>, MembershipError>) -> bool {
        match seen {
            Ok(changes) => {
                for change in changes {
                    if self.sender.send(Ok(change)).await.is_err() {
                        return false;
                    }
                }
                true
            }
            Err(error) => {
                let told = self.again.replace(Instant::now() + AGAIN).is_some();
                told || self.sender.send(Err(error)).await.is_ok()
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
