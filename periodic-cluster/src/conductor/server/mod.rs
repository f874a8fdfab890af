//! The side of the one node that has the store.

mod answer;
mod membership;
mod object;
mod serve;
mod watch;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::net::{TcpListener, ToSocketAddrs};
use tokio_rustls::TlsAcceptor;

use self::object::Objects;
use super::tls;
use super::token::Token;
use crate::ServiceGroup;
use crate::group::AnyMembership;
use crate::remotable::{Home, Remotable};

/// Serves a service group, and objects, to the nodes whose [`Client`](super::Client)s show the token.
///
/// A request is at most 1 MiB, its headers come within 30 seconds and its body within ten, a call about members is over
/// within ten seconds and that of an object's method within 60, and 1024 connections are served at once. A node's
/// watch is told what the group's engine tells, when it does.
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
/// let token = std::fs::read_to_string("/etc/nova/conductor.token")?;
/// let server = Server::new(&group, token.trim_end())?
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
}

/// What every connection needs.
struct Parts {
    driver: Arc<dyn AnyMembership>,
    token: Token,
    objects: Objects,
}

/// A [`Server`] whose socket is bound.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    parts: Arc<Parts>,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// Serves `group` to those who show `token`.
    ///
    /// # Errors
    /// When the token is empty, or has other characters than the visible ones of ASCII.
    pub fn new(group: &ServiceGroup, token: &str) -> io::Result<Self> {
        let token = Token::new(token).ok_or_else(|| {
            let text = "a conductor's token is of visible ASCII characters, and at least one of them";
            io::Error::new(io::ErrorKind::InvalidInput, text)
        })?;
        let parts = Parts { driver: group.driver(), token, objects: Objects::default() };
        Ok(Self { parts, tls: None })
    }

    /// Talks TLS, with the certificates of one PEM file, the server's own first, and the key of the other.
    ///
    /// # Errors
    /// When the files cannot be read, or do not belong together.
    pub fn tls(mut self, certificates: impl AsRef<Path>, key: impl AsRef<Path>) -> io::Result<Self> {
        self.tls = Some(tls::acceptor(certificates.as_ref(), key.as_ref())?);
        Ok(self)
    }

    /// Lets nodes call the [`remotable`](crate::remotable) methods of `T`, whose objects are at `home` meanwhile.
    ///
    /// A type of the same name that was given before is replaced.
    pub fn object<T: Remotable>(mut self, home: Home) -> Self {
        self.parts.objects.add::<T>(home);
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
            tracing::warn!(%address, "the conductor serves without TLS: whoever is on the way can read its token");
        }
        Ok(Bound { listener, address, parts: Arc::new(self.parts), tls: self.tls })
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
