use std::time::Duration;

use super::PostgresMembership;
use super::listen::Listener;
use crate::watch::differences;
use crate::{ChangeSender, Changes, Member, MembershipError};

/// Between two readings, for what else is told meanwhile.
const SETTLE: Duration = Duration::from_millis(100);

/// How long nothing is told before the members are read nevertheless: the connection may be dead.
const QUIET: Duration = Duration::from_secs(5);

/// Between two attempts to reach a server that is away.
const AGAIN: Duration = Duration::from_secs(1);

pub(super) async fn watch(driver: &PostgresMembership) -> Result<Changes, MembershipError> {
    let mut listener = Listener::new(driver);
    let known = listener.members().await?;
    Ok(Changes::spawn(move |sender| tell(listener, known, sender)))
}

async fn tell(mut listener: Listener, mut known: Vec<Member>, sender: ChangeSender) {
    let mut away = false;
    loop {
        // A server that is away is not heard, but tried again.
        let wait = if away { AGAIN } else { QUIET };
        let _ = tokio::time::timeout(wait, listener.heard()).await;
        let seen = match listener.members().await {
            Ok(now) => {
                away = false;
                let changes = differences(&known, &now);
                known = now;
                changes.into_iter().map(Ok).collect()
            }
            Err(_) if away => Vec::new(),
            Err(error) => {
                away = true;
                vec![Err(error)]
            }
        };
        for change in seen {
            if sender.send(change).await.is_err() {
                return;
            }
        }
        tokio::time::sleep(SETTLE).await;
    }
}
