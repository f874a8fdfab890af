use std::time::Duration;

use super::outage::Outage;
use crate::{Change, ChangeSender, MembershipError};

/// How long it is waited before a store that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// Where a watch learns what has changed.
pub(crate) trait Source: Send {
    /// Waits for what comes next. After an error it begins again, with all that has changed meanwhile.
    fn next(&mut self) -> impl Future<Output = Result<Vec<Change>, MembershipError>> + Send;
}

/// Sends the changes of `source` until the last listener has gone, and one error each time the store is away.
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
