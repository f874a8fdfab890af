//! The client: a node without access to the store.

mod call;
mod lines;
mod link;
mod membership;
mod object;
mod ready;
mod watch;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use self::link::{Address, Link};
use super::token::{self, Token};
use super::wire::PORT;
use crate::tls::{Check, Files};
use crate::{Capabilities, MembershipError, MembershipUrl};

/// Another node's service group, over HTTP, and the place where [`remotable`](crate::remotable) methods run.
///
/// The URL is `conductor+https://TOKEN@HOST:PORT`; the default port is 8774. `?ca=FILE` names a PEM file with the
/// trusted authorities, instead of those of the system. `?token_file=FILE` reads the token from a file that other users
/// cannot read: the token alone, or a line `HOST: TOKEN`. A token has 16 to 512 letters, digits and `-._~+/=`. With
/// `conductor+http:` there is no TLS, and the token can be read on the network: use it on the loopback alone.
///
/// A call about members takes at most 10 seconds, a call of an object's method at most 65. A connection is opened when
/// it is needed, kept for the next call, and opened again after a failure. A request that may have reached the
/// conductor is not sent again. Clones share the connection. Redirections are not followed.
///
/// An answer has at most 16 MiB. A line of a watch has at most 1 MiB, and comes whole within 15 seconds of the line
/// before.
#[derive(Clone)]
pub struct Client {
    place: Arc<Place>,
}

struct Place {
    /// The text for `Host` and for errors.
    authority: String,
    address: Address,
    token: Token,
    idle: Mutex<Option<Link>>,
    can: Mutex<Option<Capabilities>>,
}

impl Client {
    /// Creates a client of the conductor at `url`. Nothing is sent yet.
    ///
    /// # Errors
    /// When the URL or a file that it names cannot be read.
    pub fn from_url(url: &str) -> Result<Self, MembershipError> {
        let url: MembershipUrl = url.parse()?;
        match url.scheme() {
            "conductor+https" | "conductor+http" => Self::new(&url),
            _ => Err(url.refused("expected a URL that begins with `conductor+https://`")),
        }
    }

    pub(super) fn new(url: &MembershipUrl) -> Result<Self, MembershipError> {
        url.takes_only(&["ca", "token_file"])?;
        let [host] = url.hosts.as_slice() else {
            return Err(url.refused("it must name one host, as in `conductor+https://TOKEN@host:8774`"));
        };
        if !matches!(url.path.as_str(), "" | "/") {
            return Err(url.refused("a conductor has no path"));
        }
        let token = token_of(url)?;
        let secure = url.scheme() == "conductor+https";
        if !secure && url.value("ca").is_some() {
            return Err(url.refused("`ca` has no meaning without TLS; write `conductor+https:`"));
        }
        let tls = secure.then(|| {
            let files = Files { authorities: url.value("ca").map(Path::new), client: None };
            let config = files
                .config(Check::Full)
                .map_err(|error| url.refused("its certificates cannot be checked").caused_by(error))?;
            let name = ServerName::try_from(host.name.clone()).map_err(|error| {
                url.refused("its host is no name that a certificate can have").caused_by(error)
            })?;
            Ok::<_, MembershipError>((TlsConnector::from(Arc::new(config)), name))
        });
        let place = Place {
            authority: url.addresses(PORT).concat(),
            address: Address {
                host: host.name.clone(),
                port: host.port.unwrap_or(PORT),
                tls: tls.transpose()?,
            },
            token,
            idle: Mutex::default(),
            can: Mutex::default(),
        };
        Ok(Self { place: Arc::new(place) })
    }
}

impl Place {
    fn idle(&self) -> MutexGuard<'_, Option<Link>> {
        // No code panics while it is held.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn can(&self) -> MutexGuard<'_, Option<Capabilities>> {
        self.can.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn token_of(url: &MembershipUrl) -> Result<Token, MembershipError> {
    match (&url.user, &url.password, url.value("token_file")) {
        (Some(token), None, None) => Token::new(token).ok_or_else(|| url.refused(Token::RULE)),
        (None, None, Some(file)) => token::only(Path::new(file))
            .map_err(|error| url.refused("its token cannot be read").caused_by(error)),
        _ => {
            Err(url
                .refused("it must have one token, as in `conductor+https://TOKEN@host`, or a `token_file`"))
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("conductor", &self.place.authority).finish_non_exhaustive()
    }
}
