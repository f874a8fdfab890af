use std::time::Duration;

use super::differences;
use crate::{Change, ChangeSender, Changes, Member, MembershipError};

impl Changes {
    /// The differences between readings of all members, `every` so often, for engines that tell of no change.
    ///
    /// # Errors
    /// When the members cannot be read now.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn polled<F, R>(every: Duration, read: F) -> Result<Self, MembershipError>
    where
        F: Fn() -> R + Send + 'static,
        R: Future<Output = Result<Vec<Member>, MembershipError>> + Send + 'static,
    {
        let known = read().await?;
        Ok(Self::spawn(move |sender| poll(every, read, known, sender)))
    }
}

async fn poll<F, R>(every: Duration, read: F, mut known: Vec<Member>, sender: ChangeSender)
where
    F: Fn() -> R,
    R: Future<Output = Result<Vec<Member>, MembershipError>>,
{
    let mut away = false;
    loop {
        tokio::time::sleep(every).await;
        let seen: Vec<Result<Change, MembershipError>> = match read().await {
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
    }
}
