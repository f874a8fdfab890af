use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::client::{Client, Ensemble, Owners, Server};
use super::errors::ZookeeperError;
#[cfg(feature = "zookeeper-tls")]
use super::tls::{self, Tls};
use crate::caught::catch_subscriber;
use crate::{MembershipError, MembershipErrorKind, MembershipUrl};

/// The longest time of a call, including retries.
const BOUND: Duration = Duration::from_secs(5);
/// The wait before a retry.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// The default port of the servers.
const PORT: u16 = 2_181;
/// The longest time in which a single server must answer a connection.
const CONNECT: Duration = Duration::from_secs(1);
/// The same with TLS, whose handshake takes two more round trips, and computation on both sides.
#[cfg(feature = "zookeeper-tls")]
const WITH_TLS: Duration = Duration::from_secs(2);

/// A session with the ensemble, and a new one after it was lost.
pub(super) struct Session {
    /// The servers, without user and password, for errors.
    servers: String,
    /// The parent of all nodes of the fleet.
    pub(super) root: String,
    ensemble: Arc<Ensemble>,
    #[cfg(feature = "zookeeper-tls")]
    tls: Option<Tls>,
    client: Mutex<Option<Current>>,
}

struct Current {
    client: Client,
    since: Instant,
}

impl Session {
    pub(super) fn new(url: &MembershipUrl, down_time: Duration) -> Result<Self, MembershipError> {
        #[cfg(not(feature = "zookeeper-tls"))]
        url.takes_only(&["session_timeout"])?;
        #[cfg(feature = "zookeeper-tls")]
        url.takes_only(&["session_timeout", "ca", "cert", "key"])?;
        if url.hosts.is_empty() {
            return Err(url.refused("it names no server, as in `zookeeper://h1:2181,h2:2181/path`"));
        }
        #[cfg(feature = "zookeeper-tls")]
        let (tls, port) = (tls::wanted(url)?, if url.scheme() == "zookeeper+tls" { tls::PORT } else { PORT });
        #[cfg(not(feature = "zookeeper-tls"))]
        let port = PORT;
        let addresses = url.addresses(port);
        let root = url.root("/periodic")?;
        let user = url.user.as_ref();
        let ensemble = Ensemble {
            root: root.clone(),
            user: user.map(|user| format!("{user}:{}", url.password.as_deref().unwrap_or_default())),
            timeout: url.duration("session_timeout")?.unwrap_or(down_time),
            #[cfg(feature = "zookeeper-tls")]
            patience: if tls.is_some() { WITH_TLS } else { CONNECT },
            #[cfg(not(feature = "zookeeper-tls"))]
            patience: CONNECT,
            #[cfg(feature = "zookeeper-tls")]
            servers: tls.as_ref().map_or_else(|| plain(&addresses), Tls::servers),
            #[cfg(not(feature = "zookeeper-tls"))]
            servers: plain(&addresses),
        };
        Ok(Self {
            servers: addresses.join(","),
            root,
            ensemble: Arc::new(ensemble),
            #[cfg(feature = "zookeeper-tls")]
            tls,
            client: Mutex::default(),
        })
    }

    /// Returns the owners of new nodes.
    pub(super) fn owners(&self) -> Owners {
        if self.ensemble.user.is_some() { Owners::Creator } else { Owners::Anyone }
    }

    /// Runs `work` with a client. Repeats it while it fails for want of a connection.
    pub(super) async fn with<T, W>(&self, work: impl Fn(Client) -> W) -> Result<T, MembershipError>
    where
        W: Future<Output = Result<T, ZookeeperError>>,
    {
        let mut last = None;
        let done = async {
            loop {
                let failure = match self.once(&work).await {
                    Err(failure) if failure.is_passing() => failure,
                    end => return end,
                };
                last = Some(failure);
                tokio::time::sleep(RETRY_AFTER).await;
            }
        };
        match tokio::time::timeout(BOUND, done).await {
            Ok(end) => end.map_err(|failure| failure.of(&self.servers)),
            Err(_) => Err(self.no_answer(last)),
        }
    }

    async fn once<T, W>(&self, work: &impl Fn(Client) -> W) -> Result<T, ZookeeperError>
    where
        W: Future<Output = Result<T, ZookeeperError>>,
    {
        let client = self.client().await?;
        work(client).await
    }

    /// Returns the client, and connects if needed. Other calls wait here meanwhile.
    async fn client(&self) -> Result<Client, ZookeeperError> {
        let mut current = self.client.lock().await;
        if let Some(Current { client, .. }) = current.as_ref().filter(|current| !current.client.is_over()) {
            return Ok(client.clone());
        }
        let client = Client::connect(&self.ensemble).await?;
        *current = Some(Current { client: client.clone(), since: Instant::now() });
        drop(current);
        catch_subscriber(|| tracing::debug!(session = client.session(), "a session with ZooKeeper begins"));
        Ok(client)
    }

    /// Whether this session has lasted longer than the session of a process that died before can last.
    pub(super) async fn outlasts_the_dead(&self) -> bool {
        self.client.lock().await.as_ref().is_some_and(|Current { client, since }| {
            // The servers may grant more than is wanted.
            since.elapsed() > client.timeout().max(self.ensemble.timeout).saturating_mul(2)
        })
    }

    /// Connects; if TLS fails, returns the cause.
    pub(super) async fn begin(&self) -> Result<(), MembershipError> {
        let begun = self.with(|_| async { Ok(()) }).await;
        #[cfg(feature = "zookeeper-tls")]
        if let (Err(error), Some(tls)) = (&begun, &self.tls)
            && let Some(cause) = tls.refusal().await
        {
            let text = format!("ZooKeeper at {} offers no TLS that can be used", self.servers);
            return Err(MembershipError::new(error.kind(), text).caused_by(cause));
        }
        begun
    }

    fn no_answer(&self, last: Option<ZookeeperError>) -> MembershipError {
        let text = format!("ZooKeeper at {} did not answer within {BOUND:?}", self.servers);
        let error = MembershipError::new(MembershipErrorKind::Unavailable, text);
        match last {
            Some(ZookeeperError::Zookeeper(cause)) => error.caused_by(cause),
            _ => error,
        }
    }
}

fn plain(addresses: &[String]) -> Vec<Server> {
    let server = |address: &String| Server {
        address: address.clone(),
        #[cfg(feature = "zookeeper-tls")]
        tls: None,
    };
    addresses.iter().map(server).collect()
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("servers", &self.servers)
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}
