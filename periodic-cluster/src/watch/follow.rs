use std::time::Duration;

use crate::{ChangeSender, MemberChange, MembershipError};

/// The wait of a watch before it asks a store again that did not answer.
pub(crate) const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The source of a watch's changes.
pub(crate) trait Source: Send {
    /// Waits for the next changes. After an interruption it begins again, and returns all changes since then.
    fn next(&mut self) -> impl Future<Output = Result<Vec<MemberChange>, Interruption>> + Send;

    /// Waits before [`next`](Self::next) is called again after an outage of the store.
    fn pause(&mut self) -> impl Future<Output = ()> + Send {
        tokio::time::sleep(RETRY_AFTER)
    }
}

/// The reason why a source has no changes.
#[derive(Debug)]
pub(crate) enum Interruption {
    /// The store does not answer.
    Away(MembershipError),
    /// No more changes will come.
    Ended,
}

impl From<MembershipError> for Interruption {
    fn from(error: MembershipError) -> Self {
        Self::Away(error)
    }
}

/// Sends the changes of `source` until it ends or the receiver is gone, and one error per outage of the store.
pub(crate) async fn follow(mut source: impl Source, sender: ChangeSender) {
    let mut is_away = false;
    loop {
        match source.next().await {
            Ok(changes) => {
                is_away = false;
                for change in changes {
                    if !sender.send(Ok(change)).await {
                        return;
                    }
                }
            }
            Err(Interruption::Away(error)) => {
                let was_away = std::mem::replace(&mut is_away, true);
                if !was_away && !sender.send(Err(error)).await {
                    return;
                }
                source.pause().await;
            }
            Err(Interruption::Ended) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use tokio::time::Instant;

    use super::*;
    use crate::{Changes, Member, MembershipErrorKind, Presence};

    /// Ends after the last of its answers.
    struct Script(VecDeque<Result<Vec<MemberChange>, Interruption>>);

    impl Source for Script {
        async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
            self.0.pop_front().unwrap_or(Err(Interruption::Ended))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn each_outage_is_told_once_and_ends_with_an_answer() {
        let away = || Err(MembershipError::new(MembershipErrorKind::Unavailable, "away").into());
        let joined = |host| Ok(vec![MemberChange::Joined(Member::compute(host, Presence::Present))]);
        let script = [joined("a"), away(), away(), Ok(Vec::new()), away(), joined("b")];
        let begun = Instant::now();
        let mut changes = Changes::spawn(move |sender| follow(Script(script.into()), sender));
        let mut told = Vec::new();
        while let Some(change) = changes.next().await {
            told.push(change.map_or("away".to_owned(), |change| change.member().host.clone()));
        }
        assert_eq!(told, ["a", "away", "away", "b"]);
        assert_eq!(begun.elapsed(), 3 * RETRY_AFTER);
    }
}
