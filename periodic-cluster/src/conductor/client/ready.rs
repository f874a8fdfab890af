use std::time::Duration;

use periodic_runtime::boxed::chain;
use tokio::time::Instant;

use super::Client;
use super::call::BOUND;
use crate::caught::catch_subscriber;
use crate::conductor::wire::{Can, path};
use crate::{Capabilities, MembershipError, MembershipErrorKind};

/// So many pings are this far apart, and those after them farther.
const FIRST: (u32, Duration) = (10, Duration::from_secs(10));
const LATER: Duration = Duration::from_secs(60);

impl Client {
    /// Asks the conductor what its engine can do.
    ///
    /// # Errors
    /// [`Unavailable`](MembershipErrorKind::Unavailable) when it cannot be reached or does not answer within ten
    /// seconds; [`Store`](MembershipErrorKind::Store) when it refuses the token.
    pub async fn ping(&self) -> Result<Capabilities, MembershipError> {
        let can: Can = self.call(path::PING, &(), BOUND).await?;
        *self.place.can() = Some(can.into());
        Ok(can.into())
    }

    /// Waits until the conductor answers, for ever if need be: ten pings ten seconds apart, and then one a minute.
    ///
    /// Each ping that fails is one warning; if there was one, so is the success told, at level INFO.
    ///
    /// # Errors
    /// When the conductor answers and refuses, which no waiting mends.
    ///
    /// # Cancel safety
    /// Nothing is lost when it is dropped.
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
                            "the conductor does not answer: does it run, or does it start later? This service waits for it",
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
