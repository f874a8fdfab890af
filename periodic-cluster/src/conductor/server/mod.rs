//! The side of the one node that has the store.

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
use super::token::{Token, Tokens};
#[allow(unused_imports, reason = "for the docs")]
use crate::Capabilities;
use crate::any_membership::AnyMembership;
use crate::remotable::{Home, Remotable};
use crate::{ServiceGroup, tls};

/// How many connections are served at once, and which part of them one address may have.
const CONNECTIONS: usize = 1_024;
const SHARE: usize = 10;

/// Serves a service group, and objects, to the nodes whose [`Client`](super::Client)s show a token.
///
/// The group's engine must end a member whose heartbeats stop. ZooKeeper does not, so its members are refused: it asks
/// for the session of the process that wrote the member, which is the conductor's.
///
/// # Tokens
/// With [`new`](Self::new), one token speaks for every host: each node that has it can act as any other. With
/// [`from_token_file`](Self::from_token_file) each host can have a token of its own, which speaks for that host alone:
///
/// | a token | of a host | for every host |
/// | --- | --- | --- |
/// | reads and watches the members | yes | yes |
/// | records a service, lets it join, beat and leave | of its own host | of any |
/// | forces a member down, or takes that back | no | yes |
/// | calls methods of [`object`](Self::object)s | no | yes |
/// | calls methods of [`object_for_hosts`](Self::object_for_hosts) | yes; they ask [`Home::speaks_for`] | yes |
///
/// # Bounds
/// A client shows a token within 10 seconds, or is closed, as it is after a wrong one. A request is at most 1 MiB, its
/// headers come within 30 seconds and its body within ten, a call about members is over within ten seconds and that of
/// an object's method within 60. A client that reads nothing for ten seconds is closed. 1024 connections are served at
/// once, at most a tenth of them of one address; where there are no more, the client makes room that has waited longest
/// without having shown a token. The call of a method has at most 50 000 values.
/// 512 watches go on at once, 16 of them with the token of one host, which records at most 64 services and names at most
/// 256 processes in a down time. The long bodies of one caller take 2 MiB at once, and those of all 16 MiB; further ones wait. A node's watch
/// is told what the group's engine tells, when it does.
///
/// # Examples
/// ```no_run
/// # async fn example<M>(builder: periodic_runtime::ServiceBuilder<M>) -> Result<(), Box<dyn std::error::Error>>
/// # where
/// #     M: periodic_core::PeriodicManager<Owner = (), Context: Default>,
/// # {
/// use periodic_cluster::ServiceGroup;
/// use periodic_cluster::conductor::Server;
///
/// let group = ServiceGroup::from_url("sqlite:nodes.db").await?;
/// let server = Server::from_token_file(&group, "/etc/nova/conductor.tokens")?
///     .tls("/etc/nova/conductor.pem", "/etc/nova/conductor.key")?
///     .bind("0.0.0.0:8774")
///     .await?;
/// let service = builder.registry(group).endpoint("conductor", |stop| server.serve(stop)).build()?;
/// # Ok(())
/// # }
/// ```
pub struct Server {
    parts: Parts,
    tls: Option<TlsAcceptor>,
    connections: usize,
    of_one_address: Option<usize>,
}

/// What every connection needs.
struct Parts {
    driver: Arc<dyn AnyMembership>,
    tokens: Tokens,
    objects: Objects,
    recorded: Recorded,
    processes: Processes,
    listing: Listing,
    watches: Arc<Watches>,
    bodies: Bodies,
    /// How often connections were not to be had, were too many of one address, showed no token.
    lost: Folded,
    refused: Folded,
    strangers: Folded,
}

/// A [`Server`] whose socket is bound.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    parts: Arc<Parts>,
    tls: Option<TlsAcceptor>,
    connections: usize,
    of_one_address: usize,
}

impl Server {
    /// Serves `group` to those who show `token`, which speaks for every host.
    ///
    /// # Errors
    /// When the token is none: 16 to 512 letters, digits and `-._~+/=`. When the group's engine
    /// [does not end](Capabilities::ends_silent) members whose heartbeats stop.
    pub fn new(group: &ServiceGroup, token: &str) -> io::Result<Self> {
        let rule = || io::Error::new(io::ErrorKind::InvalidInput, Token::RULE);
        Self::with(group, Tokens::one(Token::new(token).ok_or_else(rule)?)?)
    }

    /// Serves `group` to those who show a token of the file.
    ///
    /// The file has one token, which speaks for every host, or a line for each host. `*` stands for every host; empty
    /// lines and those that begin with `#` say nothing. A host may have two tokens, while one is changed for the other.
    ///
    /// ```text
    /// # operators
    /// *: mu7IGwU9DpfAqN1mMqWy6J1a
    /// node-1: 7ZkLwM3fCTyqW4pHc5uIVgXb
    /// node-2: pdBIHwzHqKFMGhHJxXqTgK1c
    /// ```
    ///
    /// It is read now; a conductor that is to take other tokens is started again.
    ///
    /// # Errors
    /// When the file cannot be read, others can read it, or it holds anything else: with the lines and no token. As
    /// [`new`](Self::new) for the group.
    pub fn from_token_file(group: &ServiceGroup, file: impl AsRef<Path>) -> io::Result<Self> {
        Self::with(group, Tokens::read(file.as_ref())?)
    }

    fn with(group: &ServiceGroup, tokens: Tokens) -> io::Result<Self> {
        if !group.capabilities().ends_silent {
            let why = "the group's engine keeps a member up while the process that wrote it has its session, which for \
                       all nodes would be the conductor: expected an engine that ends members whose heartbeats stop; \
                       keep the group in PostgreSQL, etcd or SQLite";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let parts = Parts {
            driver: group.driver(),
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
        Ok(Self { parts, tls: None, connections: CONNECTIONS, of_one_address: None })
    }

    /// Talks TLS, with the certificates of one PEM file, the server's own first, and the key of the other.
    ///
    /// # Errors
    /// When the files cannot be read, do not belong together, or others can read the key.
    pub fn tls(mut self, certificates: impl AsRef<Path>, key: impl AsRef<Path>) -> io::Result<Self> {
        self.tls = Some(tls::acceptor(certificates.as_ref(), key.as_ref())?);
        Ok(self)
    }

    /// Lets nodes call the [`remotable`](crate::remotable) methods of `T`, whose objects are at `home` meanwhile, if
    /// their token speaks for every host.
    ///
    /// A type of the same name that was given before is replaced.
    pub fn object<T: Remotable>(mut self, home: Home) -> Self {
        self.parts.objects.add::<T>(home, false);
        self
    }

    /// As [`object`](Self::object), also for tokens of single hosts. Whether a call is right for the host that makes it
    /// is for the methods to say: they ask [`Home::speaks_for`].
    pub fn object_for_hosts<T: Remotable>(mut self, home: Home) -> Self {
        self.parts.objects.add::<T>(home, true);
        self
    }

    /// Sets how many connections are served at once; 1024 by default, and 0 means 1.
    pub fn connections(mut self, most: usize) -> Self {
        self.connections = most.max(1);
        self
    }

    /// Sets how many connections of one address are served at once, as for nodes behind one router; a tenth of all by
    /// default, and 0 means 1.
    pub fn connections_of_one_address(mut self, most: usize) -> Self {
        self.of_one_address = Some(most.max(1));
        self
    }

    /// Listens. Connections wait until it is [served](Bound::serve).
    ///
    /// # Errors
    /// When the address cannot be had.
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
            parts: Arc::new(self.parts),
            tls: self.tls,
            connections,
            of_one_address,
        })
    }
}

impl Bound {
    /// Where it listens: the port too, if 0 was asked for.
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
