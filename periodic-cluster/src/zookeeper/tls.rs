use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use super::client::Server;
use crate::tls::{Check, Files};
use crate::{MembershipError, MembershipUrl};

/// The longest time of a handshake that is made to find the cause of a failure.
const HANDSHAKE: Duration = Duration::from_secs(1);

/// The default port of servers with TLS.
pub(super) const PORT: u16 = 2_281;

/// The options of `zookeeper+tls:`.
pub(super) struct Tls {
    config: Arc<ClientConfig>,
    hosts: Vec<(ServerName<'static>, String)>,
}

impl Tls {
    pub(super) fn servers(&self) -> Vec<Server> {
        let connector = TlsConnector::from(Arc::clone(&self.config));
        let server = |(name, address): &(ServerName<'static>, String)| Server {
            address: address.clone(),
            tls: Some((connector.clone(), name.clone())),
        };
        self.hosts.iter().map(server).collect()
    }

    /// Returns the error of a handshake with one of the servers; `None` if none fails. The last try of a start may have
    /// failed for another reason.
    pub(super) async fn refusal(&self) -> Option<io::Error> {
        for (name, address) in &self.hosts {
            // A server that accepts the handshake waits for a request.
            let end = tokio::time::timeout(HANDSHAKE, self.handshake(name, address)).await;
            if let Ok(Err(error)) = end {
                return Some(error);
            }
        }
        None
    }

    async fn handshake(&self, name: &ServerName<'static>, address: &str) -> io::Result<()> {
        // An unreachable server has refused nothing.
        let Ok(stream) = TcpStream::connect(address).await else { return Ok(()) };
        let mut stream = TlsConnector::from(Arc::clone(&self.config)).connect(name.clone(), stream).await?;
        // A client's certificate is refused after the handshake.
        stream.read_u8().await.map(drop)
    }
}

/// Returns the options of `zookeeper+tls:`; `None` for `zookeeper:`.
pub(super) fn wanted(url: &MembershipUrl) -> Result<Option<Tls>, MembershipError> {
    let file = |key| url.value(key).map(Path::new);
    if url.scheme() != "zookeeper+tls" {
        return match ["ca", "cert", "key"].iter().find(|key| url.value(key).is_some()) {
            None => Ok(None),
            Some(key) => {
                Err(url.refused(&format!("`{key}` has no meaning without TLS; write `zookeeper+tls:`")))
            }
        };
    }
    let client = match (file("cert"), file("key")) {
        (Some(chain), Some(key)) => Some((chain, key)),
        (None, None) => None,
        _ => return Err(url.refused("`cert` and `key` need each other: write both, or none")),
    };
    if file("ca").is_none() {
        return Err(
            url.refused("`ca` is missing: add a file with the certificates of the servers' authority")
        );
    }
    let hosts = url.hosts.iter().zip(url.addresses(PORT)).map(|(host, address)| {
        let name = ServerName::try_from(host.name.clone()).map_err(|error| {
            url.refused("its host is no name that a certificate can have").caused_by(error)
        })?;
        Ok((name, address))
    });
    let hosts = hosts.collect::<Result<_, MembershipError>>()?;
    let files = Files { authorities: file("ca"), client };
    let config = files
        .config(Check::Full)
        .map_err(|error| url.refused("its certificates cannot be used").caused_by(error))?;
    Ok(Some(Tls { config: Arc::new(config), hosts }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        for (url, part) in [
            ("zookeeper://nova:hush@h?ca=/ca.pem", "`ca` has no meaning without TLS; write `zookeeper+tls:`"),
            ("zookeeper+tls://nova:hush@h?ca=/ca.pem&cert=/a", "`cert` and `key` need each other"),
            ("zookeeper+tls://nova:hush@h", "`ca` is missing"),
            (
                "zookeeper+tls://nova:hush@h,a%20b?ca=/ca.pem",
                "its host is no name that a certificate can have",
            ),
            ("zookeeper+tls://nova:hush@h?ca=/no/such", "its certificates cannot be used"),
            ("zookeeper+tls://nova:hush@h?ca=/dev/zero", "its certificates cannot be used"),
        ] {
            let error =
                wanted(&url.parse().unwrap()).err().unwrap_or_else(|| panic!("`{url}` is taken")).to_string();
            assert!(error.contains(part) && !error.contains("hush"), "{url}: {error}");
        }
        assert!(wanted(&"zookeeper://h".parse().unwrap()).unwrap().is_none());
    }
}
