use std::time::Duration;

use super::shared::{ReadAll, Shared};
use crate::{Changes, Member, MembershipError};

/// The shortest interval between readings.
const CLOSEST: Duration = Duration::from_millis(1);

/// Reads the members at intervals of `every`, for engines that do not push changes.
pub(crate) struct Polled<F> {
    every: Duration,
    read: F,
}

impl<F> Polled<F> {
    pub(crate) fn new(every: Duration, read: F) -> Self {
        Self { every: every.max(CLOSEST), read }
    }
}

impl<F, R> ReadAll for Polled<F>
where
    F: FnMut() -> R + Send + 'static,
    R: Future<Output = Result<Vec<Member>, MembershipError>> + Send + 'static,
{
    async fn wait(&mut self, _: bool) {
        tokio::time::sleep(self.every).await;
    }

    fn read(&mut self) -> impl Future<Output = Result<Vec<Member>, MembershipError>> + Send {
        (self.read)()
    }
}

impl Changes {
    /// Returns the differences between readings of all members, for engines that do not push changes.
    ///
    /// `every` is the interval of the readings; less than one millisecond counts as one millisecond.
    ///
    /// # Errors
    /// When the first reading fails.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn polled<F, R>(every: Duration, read: F) -> Result<Self, MembershipError>
    where
        F: Fn() -> R + Send + 'static,
        R: Future<Output = Result<Vec<Member>, MembershipError>> + Send + 'static,
    {
        Shared::default().watch(|| Polled::new(every, read)).await
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::{MembershipErrorKind, Presence};

    #[tokio::test(start_paused = true)]
    async fn an_outage_is_told_once_and_what_changed_after_it() {
        let away = || Err(MembershipError::new(MembershipErrorKind::Unavailable, "away"));
        let there =
            |hosts: &[&str]| Ok(hosts.iter().map(|host| Member::compute(host, Presence::Present)).collect());
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
