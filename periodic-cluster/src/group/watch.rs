use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::AnyMembership;
use super::fleet::Fleet;
use crate::{ChangeSender, Changes, Member, MembershipError};

/// How long it is waited before a store that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// What the engine tells, by the group's rules, and who falls silent.
pub(super) async fn watch(
    driver: Arc<dyn AnyMembership>,
    down_time: Duration,
) -> Result<Changes, MembershipError> {
    let told = driver.watch().await?;
    let fleet = Fleet::new(down_time, driver.members().await?, Instant::now());
    Ok(Changes::spawn(move |sender| Watch { driver, told, fleet, sender, away: false }.run()))
}

struct Watch {
    driver: Arc<dyn AnyMembership>,
    told: Changes,
    fleet: Fleet,
    sender: ChangeSender,
    /// Whether the store did not answer last.
    away: bool,
}

impl Watch {
    async fn run(mut self) {
        loop {
            let look = if self.away { Some(Instant::now() + AGAIN) } else { self.fleet.next_turn() };
            let changes = tokio::select! {
                told = self.told.next() => match told {
                    None => return,
                    Some(Ok(change)) => self.fleet.see(change.member(), Instant::now()).into_iter().collect(),
                    Some(Err(error)) => {
                        if !self.fails(error).await {
                            return;
                        }
                        continue;
                    }
                },
                // That somebody seems to be silent may be due to this watch. The store knows.
                () = at(look) => match self.driver.members().await {
                    Ok(members) => self.reads(members),
                    Err(error) => {
                        if !self.fails(error).await {
                            return;
                        }
                        continue;
                    }
                },
            };
            for change in changes {
                if self.sender.send(Ok(change)).await.is_err() {
                    return;
                }
            }
        }
    }

    fn reads(&mut self, members: Vec<Member>) -> Vec<crate::Change> {
        self.away = false;
        self.fleet.read(members, Instant::now())
    }

    /// Tells of an error once, until the store answers. `false` if nobody listens any more.
    async fn fails(&mut self, error: MembershipError) -> bool {
        std::mem::replace(&mut self.away, true) || self.sender.send(Err(error)).await.is_ok()
    }
}

async fn at(instant: Option<Instant>) {
    match instant {
        None => std::future::pending().await,
        Some(instant) => tokio::time::sleep_until(instant).await,
    }
}
