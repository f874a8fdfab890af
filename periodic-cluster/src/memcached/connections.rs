use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_memcached::Client;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, Semaphore};

use super::errors::Failure;
use crate::{MembershipError, MembershipErrorKind, MembershipUrl};

/// How long a call may take, with all that is tried again.
const BOUND: Duration = Duration::from_secs(5);
/// How long one try may take, a new connection included.
const ATTEMPT: Duration = Duration::from_millis(1_500);
/// How many milliseconds it is waited before something is tried again.
const AGAIN: u64 = 100;
/// How many connections a driver has at most.
const CONNECTIONS: usize = 4;

/// The connections to the server.
pub(super) struct Connections {
    server: String,
    idle: Mutex<Vec<Client>>,
    places: Semaphore,
}

/// A connection at work, which nobody else has: in its own lock, because a closure cannot lend it by reference to a
/// future that is `Send`.
pub(super) type Lent = OwnedMutexGuard<Client>;

impl Connections {
    pub(super) fn new(url: &MembershipUrl) -> Result<Self, MembershipError> {
        let [host] = url.hosts.as_slice() else {
            return Err(url.refused("it must name one server, as in `memcached://host:11211/prefix`"));
        };
        if host.name.contains(':') {
            return Err(url.refused("its client speaks IPv4 alone"));
        }
        if url.user.is_some() || url.password.is_some() {
            return Err(url.refused("its client knows no user and no password"));
        }
        let server = url.addresses(11211).remove(0);
        Ok(Self { server, idle: Mutex::default(), places: Semaphore::new(CONNECTIONS) })
    }

    /// What `work` makes of a connection. It is done again, from its beginning, while it fails for want of one, and
    /// while others change what it has read.
    pub(super) async fn with<T, W>(&self, work: impl Fn(Lent) -> W) -> Result<T, MembershipError>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        let mut last = None;
        let done = async {
            loop {
                last = match tokio::time::timeout(ATTEMPT, self.once(&work)).await {
                    Ok(Err(failure)) if failure.is_passing() => Some(failure),
                    Ok(end) => return end,
                    Err(_) => None,
                };
                // Those who have changed the same key draw, so that they do not meet again.
                let wait = if let Some(Failure::Changed) = last { fastrand::u64(..AGAIN) } else { AGAIN };
                tokio::time::sleep(Duration::from_millis(wait)).await;
            }
        };
        match tokio::time::timeout(BOUND, done).await {
            Ok(end) => end.map_err(|failure| failure.of(&self.server)),
            Err(_) => Err(self.no_answer(last)),
        }
    }

    async fn once<T, W>(&self, work: &impl Fn(Lent) -> W) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        // It fails once it is closed, and nobody closes it.
        let _place = self.places.acquire().await;
        let idle = self.idle().pop();
        let mut unanswered = Unanswered(Some(self));
        let client = match idle {
            Some(client) => client,
            None => Client::new(format!("tcp://{}", self.server)).await?,
        };
        let client = Arc::new(AsyncMutex::new(client));
        let end = work(Arc::clone(&client).lock_owned().await).await;
        // The client closes itself where an answer is missing.
        if let Some(client) = Arc::into_inner(client).map(AsyncMutex::into_inner)
            && !client.is_closed()
        {
            unanswered.0 = None;
            self.idle().push(client);
        }
        end
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Client>> {
        // A list stays whole, whoever panics.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn no_answer(&self, last: Option<Failure>) -> MembershipError {
        if let Some(failure @ Failure::Changed) = last {
            return failure.of(&self.server);
        }
        let text = format!("memcached at {} did not answer within {BOUND:?}", self.server);
        let error = MembershipError::new(MembershipErrorKind::Unavailable, text);
        match last {
            Some(Failure::Memcached(cause)) => error.caused_by(cause),
            _ => error,
        }
    }
}

/// A try that has no answer yet. If none comes, also because its caller does not wait for it, those connections end too
/// that wait: they lead where this one has failed.
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
            ("memcached://[::1]:11211", "its client speaks IPv4 alone"),
            (
                "memcached://nova:hush@h",
                "`memcached://***@h` cannot be used: its client knows no user and no password",
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
