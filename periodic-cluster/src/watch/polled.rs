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

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::{MembershipErrorKind, Sign};

    #[tokio::test(start_paused = true)]
    async fn an_outage_is_told_once_and_what_changed_after_it() {
        let away = || Err(MembershipError::new(MembershipErrorKind::Unavailable, "away"));
        let there =
            |hosts: &[&str]| Ok(hosts.iter().map(|host| Member::compute(host, Sign::Present)).collect());
        let script = [there(&["a"]), away(), away(), there(&["a", "b"]), away(), there(&["a", "b", "c"])];
        let script = Arc::new(Mutex::new(VecDeque::from(script)));
        let read = move || {
            let next = script.lock().unwrap().pop_front();
            async move { if let Some(next) = next { next } else { std::future::pending().await } }
        };
        let mut changes = Changes::polled(Duration::from_secs(1), read).await.unwrap();
        let mut told = Vec::new();
        while let Ok(change) = tokio::time::timeout(Duration::from_secs(60), changes.next()).await {
            told.push(change.unwrap().map_or("away".to_owned(), |change| change.member().host.clone()));
        }
        assert_eq!(told, ["away", "b", "away", "c"]);
    }
}
