//! The server: the node that has the store.

mod answer;
mod bodies;
mod connection;
mod folded;
mod listing;
mod membership;
mod object;
mod patience;
mod places;
mod processes;
mod recorded;
mod refusal;
mod requests;
mod response;
mod serve;
#[cfg(test)]
mod tests;
mod watch;
mod watches;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::net::{TcpListener, ToSocketAddrs};
use tokio_rustls::TlsAcceptor;

use self::bodies::Bodies;
use self::folded::Folded;
use self::listing::Listing;
use self::object::Objects;
use self::processes::Processes;
use self::recorded::Recorded;
use self::watches::Watches;
use super::token::{AcceptedTokens, Token};
#[allow(unused_imports, reason = "for the docs")]
use crate::Capabilities;
use crate::any_membership::AnyMembership;
use crate::remotable::{Home, Remotable};
use crate::{ServiceGroup, tls};

/// The most connections at once, and the divisor for those of one address.
const CONNECTIONS: usize = 1_024;
const SHARE: usize = 10;

/// Serves a service group, and objects, to the nodes whose [`Client`](super::Client)s show a token.
///
/// The group's engine must end a member whose heartbeats stop. ZooKeeper groups are refused: there a member lasts as
/// long as the session of the process that wrote it, which is the conductor's.
///
/// # Tokens
/// With [`new`](Self::new), one token speaks for every host: each node that has it can act as any other. With
/// [`from_token_file`](Self::from_token_file) each host can have its own token, which speaks for that host alone:
///
/// | a token | of a host | for every host |
/// | --- | --- | --- |
/// | reads and watches the members | yes | yes |
/// | records a service, lets it join, beat and leave | of its own host | of any |
/// | forces a member down, or undoes that | no | yes |
/// | calls methods of [`object`](Self::object)s | no | yes |
/// | calls methods of [`object_for_hosts`](Self::object_for_hosts) | yes; the methods check [`Home::speaks_for`] | yes |
///
/// # Bounds
/// A connection is closed if its client shows no token within 10 seconds, shows a wrong one, or reads nothing for 10
/// seconds. 1024 connections are served at once, at most a tenth of them from one address. If all are taken, the client
/// without a token that has waited longest makes room.
///
/// A request has at most 1 MiB; its headers come within 30 seconds and its body within 10. A call about members takes
/// at most 10 seconds. A call of an object's method takes at most 60 seconds and has at most 50 000 values. The long
/// bodies of one caller take 2 MiB at once, and those of all callers 16 MiB; further ones wait.
///
/// There are at most 512 watches at once. The token of one host has at most 16 of them. It records at most 64 services,
/// and names at most 256 processes in a down time. A node's watch sends the changes of the group's engine.
///
/// # Examples
/// ```no_run
/// # async fn example(builder: periodic_runtime::ServiceBuilder) -> Result<(), Box<dyn std::error::Error>> {
/// use periodic_cluster::ServiceGroup;
/// use periodic_cluster::conductor::Server;
///
/// let group = ServiceGroup::connect("sqlite:nodes.db").await?;
/// let server = Server::from_token_file(&group, "/etc/nova/conductor.tokens")?
///     .tls("/etc/nova/conductor.pem", "/etc/nova/conductor.key")?
///     .bind("0.0.0.0:8774")
///     .await?;
/// let service = builder.registry(group).endpoint("conductor", |stop| server.serve(stop)).build()?;
/// # Ok(())
/// # }
/// ```
pub struct Server {
    state: ServerState,
    tls: Option<TlsAcceptor>,
    connections: usize,
    of_one_address: Option<usize>,
}

/// The common state of all connections.
struct ServerState {
    driver: Arc<dyn AnyMembership>,
    tokens: AcceptedTokens,
    objects: Objects,
    recorded: Recorded,
    processes: Processes,
    listing: Listing,
    watches: Arc<Watches>,
    bodies: Bodies,
    /// Counts connections that failed, that exceeded an address's share, and that showed no valid token.
    lost: Folded,
    refused: Folded,
    strangers: Folded,
}

/// A [`Server`] whose socket is bound.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<ServerState>,
    tls: Option<TlsAcceptor>,
    connections: usize,
    of_one_address: usize,
}

impl Server {
    /// Creates a server of `group` for clients that show `token`, which speaks for every host.
    ///
    /// # Errors
    /// When the token is invalid: it must have 16 to 512 letters, digits and `-._~+/=`. When the group's engine
    /// [does not end](Capabilities::ends_silent) members whose heartbeats stop.
    pub fn new(group: &ServiceGroup, token: &str) -> io::Result<Self> {
        let rule = || io::Error::new(io::ErrorKind::InvalidInput, Token::RULE);
        Self::with(group, AcceptedTokens::one(Token::new(token).ok_or_else(rule)?)?)
    }

    /// Creates a server of `group` for clients that show a token of the file.
    ///
    /// The file has one token, which speaks for every host, or a line for each host. `*` stands for every host. Empty
    /// lines and those that begin with `#` are ignored. A host may have two tokens, while one replaces the other.
    ///
    /// ```text
    /// # operators
    /// *: mu7IGwU9DpfAqN1mMqWy6J1a
    /// node-1: 7ZkLwM3fCTyqW4pHc5uIVgXb
    /// node-2: pdBIHwzHqKFMGhHJxXqTgK1c
    /// ```
    ///
    /// The file is read now. Restart the conductor to change its tokens.
    ///
    /// # Errors
    /// When the file cannot be read, other users can read it, or it has any other content; the error names the lines
    /// and shows no token. As [`new`](Self::new) for the group.
    pub fn from_token_file(group: &ServiceGroup, file: impl AsRef<Path>) -> io::Result<Self> {
        Self::with(group, AcceptedTokens::read(file.as_ref())?)
    }

    fn with(group: &ServiceGroup, tokens: AcceptedTokens) -> io::Result<Self> {
        if !group.capabilities().ends_silent {
            let why = "the group's engine keeps members up during the session of their process, and the conductor's \
                       session would keep up all nodes: expected an engine that ends members without heartbeats, \
                       such as PostgreSQL, etcd or SQLite";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let state = ServerState {
            driver: group.engine(),
            tokens,
            objects: Objects::default(),
            recorded: Recorded::default(),
            processes: Processes::new(group.down_time()),
            listing: Listing::default(),
            watches: Arc::default(),
            bodies: Bodies::new(),
            lost: Folded::default(),
            refused: Folded::default(),
            strangers: Folded::default(),
        };
        Ok(Self { state, tls: None, connections: CONNECTIONS, of_one_address: None })
    }

    /// Enables TLS, with the certificates of one PEM file, the server's own first, and the key of the other.
    ///
    /// # Errors
    /// When the files cannot be read or do not belong together, or other users can read the key.
    pub fn tls(mut self, certificates: impl AsRef<Path>, key: impl AsRef<Path>) -> io::Result<Self> {
        self.tls = Some(tls::acceptor(certificates.as_ref(), key.as_ref())?);
        Ok(self)
    }

    /// Adds a type: nodes whose token speaks for every host can call the [`remotable`](crate::remotable) methods of
    /// `T`. Its objects are at `home` meanwhile.
    ///
    /// Replaces a type of the same name.
    #[must_use]
    pub fn object<T: Remotable>(mut self, home: Home) -> Self {
        self.state.objects.add::<T>(home, false);
        self
    }

    /// Adds a type as [`object`](Self::object) does, also for tokens of single hosts. The methods must check whether
    /// the calling host may make the call: [`Home::speaks_for`].
    #[must_use]
    pub fn object_for_hosts<T: Remotable>(mut self, home: Home) -> Self {
        self.state.objects.add::<T>(home, true);
        self
    }

    /// Sets the most connections at once; 1024 by default, and 0 means 1.
    #[must_use]
    pub fn connections(mut self, most: usize) -> Self {
        self.connections = most.max(1);
        self
    }

    /// Sets the most connections of one address at once, such as for nodes behind one router. By default a tenth of
    /// all; 0 means 1.
    #[must_use]
    pub fn connections_of_one_address(mut self, most: usize) -> Self {
        self.of_one_address = Some(most.max(1));
        self
    }

    /// Binds the address. Connections wait until [`serve`](Bound::serve).
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn bind(self, address: impl ToSocketAddrs) -> io::Result<Bound> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        if self.tls.is_none() && !address.ip().is_loopback() {
            tracing::warn!(%address, "the conductor serves without TLS: its tokens can be read on the network");
        }
        let connections = self.connections;
        let of_one_address = self.of_one_address.unwrap_or_else(|| (connections / SHARE).max(1));
        Ok(Bound {
            listener,
            address,
            state: Arc::new(self.state),
            tls: self.tls,
            connections,
            of_one_address,
        })
    }
}

impl Bound {
    /// Returns the address, with the actual port if 0 was requested.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("tls", &self.tls.is_some()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bound").field("address", &self.address).finish_non_exhaustive()
    }
}
