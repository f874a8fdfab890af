use std::time::Duration;

use periodic_runtime::boxed::chain;
use tokio::time::Instant;

use super::Client;
use super::call::BOUND;
use crate::caught::catch_subscriber;
use crate::conductor::wire::{Can, path};
use crate::{Capabilities, MembershipError, MembershipErrorKind};

/// The number and the interval of the first pings, and the interval of the others.
const FIRST: (u32, Duration) = (10, Duration::from_secs(10));
const LATER: Duration = Duration::from_secs(60);

impl Client {
    /// Asks the conductor for the abilities of its engine.
    ///
    /// # Errors
    /// [`Unavailable`](MembershipErrorKind::Unavailable) when it cannot be reached or does not answer within ten
    /// seconds; [`Store`](MembershipErrorKind::Store) when it refuses the token.
    pub async fn ping(&self) -> Result<Capabilities, MembershipError> {
        let can: Can = self.call(path::PING, &(), BOUND).await?;
        *self.place.can() = Some(can.into());
        Ok(can.into())
    }

    /// Waits without a bound until the conductor answers: ten pings ten seconds apart, and then one a minute.
    ///
    /// Logs one warning for each failed ping. The success after a failed ping is logged at level INFO.
    ///
    /// # Errors
    /// When the conductor answers, but refuses: waiting would not help.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn wait_until_ready(&self) -> Result<(), MembershipError> {
        let conductor = &self.place.authority;
        let mut failed = 0_u32;
        loop {
            let begun = Instant::now();
            match self.ping().await {
                Ok(_) => {
                    if failed > 0 {
                        catch_subscriber(|| tracing::info!(%conductor, "the conductor answers"));
                    }
                    return Ok(());
                }
                Err(error) if error.kind() == MembershipErrorKind::Unavailable => {
                    catch_subscriber(|| {
                        tracing::warn!(
                            %conductor,
                            cause = chain(&error),
                            "the conductor does not answer; the service waits for it",
                        );
                    });
                }
                Err(error) => return Err(error),
            }
            failed = failed.saturating_add(1);
            let apart = if failed < FIRST.0 { FIRST.1 } else { LATER };
            tokio::time::sleep_until(begun + apart).await;
        }
    }
}
