use std::fmt;
use std::time::Duration;

use etcd_client::{Client, ConnectOptions};
use tokio::sync::Mutex;

use super::errors::EtcdError;
use super::tls;
use crate::caught::catch_subscriber;
use crate::{MembershipError, MembershipErrorKind, MembershipUrl};

/// The longest time of a call, including retries.
const BOUND: Duration = Duration::from_secs(6);
/// The longest time of one answer of a server.
const ATTEMPT: Duration = Duration::from_millis(1_500);
/// The wait before a retry.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// The time of silence after which a connection is pinged, and the longest time of the answer.
const PING: Duration = Duration::from_secs(2);

/// The servers of the cluster, one of which is asked at a time. The client's own balancing continues to choose dead
/// servers.
pub(super) struct Servers {
    /// `http` or `https`.
    protocol: &'static str,
    addresses: Vec<String>,
    options: ConnectOptions,
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    client: Option<Client>,
    /// Incremented with each change of server.
    place: usize,
}

impl Servers {
    pub(super) fn new(url: &MembershipUrl) -> Result<Self, MembershipError> {
        if url.hosts.is_empty() {
            return Err(url.refused("it names no server, as in `etcd://h1:2379,h2:2379/prefix`"));
        }
        let mut options = ConnectOptions::new()
            .with_connect_timeout(ATTEMPT)
            .with_keep_alive(PING, PING)
            .with_keep_alive_while_idle(true)
            .with_require_leader(true);
        if let Some(user) = &url.user {
            options = options.with_user(user, url.password.as_deref().unwrap_or_default());
        }
        let tls = tls::wanted(url)?;
        let protocol = if tls.is_some() { "https" } else { "http" };
        if let Some(tls) = tls {
            options = options.with_tls(tls.timeout(ATTEMPT));
        }
        Ok(Self { protocol, addresses: url.addresses(2379), options, current: Mutex::default() })
    }

    /// Runs `work` with a client. Repeats it with the next server while it fails for want of a connection.
    pub(super) async fn with<T, W>(&self, work: impl Fn(Client) -> W) -> Result<T, MembershipError>
    where
        W: Future<Output = Result<T, EtcdError>>,
    {
        self.with_server(|client, _| answer(work(client))).await
    }

    /// Does the same for work that outlives the call, and may [leave](Self::leave_server) its server later, or
    /// that takes several answers. It waits for each by [`answer`].
    pub(super) async fn with_server<T, W>(
        &self,
        work: impl Fn(Client, usize) -> W,
    ) -> Result<T, MembershipError>
    where
        W: Future<Output = Result<T, EtcdError>>,
    {
        let mut last = None;
        let done = async {
            loop {
                let (client, place) = self.client().await;
                // Boxed, because a call of the client takes some kilobytes.
                let attempt = Box::pin(async {
                    match client {
                        Some(client) => work(client, place).await,
                        None => work(answer(self.connect(place)).await?, place).await,
                    }
                });
                match attempt.await {
                    Err(EtcdError::Silent) => {}
                    Err(failure) if failure.is_passing() => last = Some(failure),
                    end => return end,
                }
                self.leave_server(place).await;
                tokio::time::sleep(RETRY_AFTER).await;
            }
        };
        match tokio::time::timeout(BOUND, done).await {
            Ok(end) => end.map_err(|failure| failure.of(&self.names())),
            Err(_) => Err(self.no_answer(last)),
        }
    }

    async fn client(&self) -> (Option<Client>, usize) {
        let current = self.current.lock().await;
        (current.client.clone(), current.place)
    }

    async fn connect(&self, place: usize) -> Result<Client, EtcdError> {
        let address = format!("{}://{}", self.protocol, self.addresses[place % self.addresses.len()]);
        let client = Client::connect([&address], Some(self.options.clone())).await?;
        let mut current = self.current.lock().await;
        if current.place == place {
            current.client = Some(client.clone());
        }
        Ok(client)
    }

    /// Leaves this server for the next one, unless another call has done so.
    pub(super) async fn leave_server(&self, place: usize) {
        let mut current = self.current.lock().await;
        if current.place == place {
            *current = Current { client: None, place: place.wrapping_add(1) };
            drop(current);
            let server = &self.addresses[place % self.addresses.len()];
            catch_subscriber(|| {
                tracing::debug!(server, "a server of etcd did not answer; the next is tried");
            });
        }
    }

    fn names(&self) -> String {
        self.addresses.join(",")
    }

    fn no_answer(&self, last: Option<EtcdError>) -> MembershipError {
        let text = format!("etcd at {} did not answer within {BOUND:?}", self.names());
        let error = MembershipError::new(MembershipErrorKind::Unavailable, text);
        match last {
            Some(EtcdError::Etcd(cause)) => error.caused_by(cause),
            _ => error,
        }
    }
}

/// Waits for one answer of a server for as long as it may take.
pub(super) async fn answer<T, E>(asked: impl Future<Output = Result<T, E>>) -> Result<T, EtcdError>
where
    EtcdError: From<E>,
{
    match tokio::time::timeout(ATTEMPT, asked).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(EtcdError::Silent),
    }
}

impl fmt::Debug for Servers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Servers").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    fn servers() -> Servers {
        // The client connects with its first call, of which there is none.
        Servers::new(&"etcd://127.0.0.1:1/fleet".parse().unwrap()).unwrap()
    }

    async fn after(seconds: u64) -> Result<(), EtcdError> {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn each_answer_has_the_time_of_one() {
        let work = |_, place| async move {
            for _ in 0..5 {
                answer(after(1)).await?;
            }
            Ok(place)
        };
        assert_eq!(servers().with_server(work).await.unwrap(), 0);
        let endless = |_, _| async {
            loop {
                answer(after(1)).await?;
            }
        };
        let begun = tokio::time::Instant::now();
        let error = servers().with_server::<(), _>(endless).await.unwrap_err();
        assert_eq!((error.kind(), begun.elapsed()), (MembershipErrorKind::Unavailable, BOUND));
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_server_is_left_for_the_next() {
        let begun = tokio::time::Instant::now();
        let work = |_, place| async move {
            match place {
                0 => answer(pending::<Result<_, EtcdError>>()).await,
                place => Ok(place),
            }
        };
        assert_eq!(servers().with_server(work).await.unwrap(), 1);
        assert_eq!(begun.elapsed(), ATTEMPT + RETRY_AFTER);
    }
}
