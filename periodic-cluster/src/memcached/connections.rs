use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, Semaphore};

use super::client::Client;
use super::errors::MemcachedError;
use crate::{MembershipError, MembershipErrorKind, MembershipUrl};

/// The longest time of a call, including retries.
const BOUND: Duration = Duration::from_secs(5);
/// The longest time of one try, a new connection included.
const ATTEMPT: Duration = Duration::from_millis(1_500);
/// The wait before a retry, in milliseconds.
const RETRY_AFTER: u64 = 100;
/// The most connections of a driver.
const CONNECTIONS: usize = 4;

/// The connections to the server.
pub(super) struct Connections {
    server: String,
    idle: Mutex<Vec<Client>>,
    places: Semaphore,
}

/// A connection in use by one call: in a lock of its own, because a closure cannot lend it by reference to a future
/// that is `Send`.
pub(super) type Lent = OwnedMutexGuard<Client>;

impl Connections {
    pub(super) fn new(url: &MembershipUrl) -> Result<Self, MembershipError> {
        let [_] = url.hosts.as_slice() else {
            return Err(url.refused("it must name one server, as in `memcached://host:11211/prefix`"));
        };
        if url.user.is_some() || url.password.is_some() {
            return Err(url.refused("its client supports no user and no password: remove them"));
        }
        let server = url.addresses(11211).remove(0);
        Ok(Self { server, idle: Mutex::default(), places: Semaphore::new(CONNECTIONS) })
    }

    /// Runs `work` with a connection. Repeats it from its beginning while it fails for want of a connection, and while
    /// other clients change the data that it has read.
    pub(super) async fn with<T, W>(&self, work: impl Fn(Lent) -> W) -> Result<T, MembershipError>
    where
        W: Future<Output = Result<T, MemcachedError>>,
    {
        let mut last = None;
        let done = async {
            loop {
                last = match tokio::time::timeout(ATTEMPT, self.once(&work)).await {
                    Ok(Err(failure)) if failure.is_passing() => Some(failure),
                    Ok(end) => return end,
                    Err(_) => None,
                };
                // Clients that have changed the same key wait for random times, so that they do not collide again.
                let wait = if let Some(MemcachedError::Changed) = last {
                    fastrand::u64(..RETRY_AFTER)
                } else {
                    RETRY_AFTER
                };
                tokio::time::sleep(Duration::from_millis(wait)).await;
            }
        };
        match tokio::time::timeout(BOUND, done).await {
            Ok(end) => end.map_err(|failure| failure.of(&self.server)),
            Err(_) => Err(self.no_answer(last)),
        }
    }

    async fn once<T, W>(&self, work: &impl Fn(Lent) -> W) -> Result<T, MemcachedError>
    where
        W: Future<Output = Result<T, MemcachedError>>,
    {
        // Acquiring fails only once the semaphore is closed, which never happens.
        let _place = self.places.acquire().await;
        let idle = self.idle().pop();
        let mut unanswered = Unanswered(Some(self));
        let client = match idle {
            Some(client) => client,
            None => Client::connect(&self.server).await?,
        };
        let client = Arc::new(AsyncMutex::new(client));
        let end = work(Arc::clone(&client).lock_owned().await).await;
        // A client without an answer is not used again.
        if let Some(client) = Arc::into_inner(client).map(AsyncMutex::into_inner)
            && !client.is_closed()
        {
            unanswered.0 = None;
            self.idle().push(client);
        }
        end
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Client>> {
        // A panic leaves the list intact.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn no_answer(&self, last: Option<MemcachedError>) -> MembershipError {
        if let Some(failure @ MemcachedError::Changed) = last {
            return failure.of(&self.server);
        }
        let text = format!("memcached at {} did not answer within {BOUND:?}", self.server);
        let error = MembershipError::new(MembershipErrorKind::Unavailable, text);
        match last {
            Some(MemcachedError::Memcached(cause)) => error.caused_by(cause),
            _ => error,
        }
    }
}

/// A try without an answer yet. If none comes, even because its caller stops waiting, the idle connections are closed
/// too: they lead to the server on which this one has failed.
struct Unanswered<'a>(Option<&'a Connections>);

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if let Some(connections) = self.0 {
            let idle = std::mem::take(&mut *connections.idle());
            drop(idle);
        }
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("server", &self.server).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_that_cannot_be_used() {
        for (text, why) in [
            ("memcached:", "`memcached:` cannot be used: it must name one server, as in"),
            ("memcached://h1,h2:11211", "it must name one server"),
            (
                "memcached://nova:hush@h",
                "`memcached://***@h` cannot be used: its client supports no user and no password: remove them",
            ),
        ] {
            let error = Connections::new(&text.parse().unwrap()).unwrap_err();
            assert_eq!(error.kind(), MembershipErrorKind::Url);
            let error = error.to_string();
            assert!(error.contains(why) && !error.contains("hush"), "{text}: {error}");
        }
        let default = Connections::new(&"memcached://h/fleet".parse().unwrap()).unwrap();
        assert_eq!(default.server, "h:11211");
    }
}
