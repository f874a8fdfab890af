//! A connection to a server, encrypted if the URL asks for it.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};
#[cfg(feature = "zookeeper-tls")]
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use crate::dial::dial;

/// A connection of any kind.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Duplex for S {}

/// One of the servers of an ensemble.
pub(crate) struct Server {
    /// `host:port`.
    pub(crate) address: String,
    #[cfg(feature = "zookeeper-tls")]
    pub(crate) tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl Server {
    /// Connects to one of the server's addresses, first to another one in each `turn`.
    pub(super) async fn connect(&self, turn: usize) -> io::Result<Box<dyn Duplex>> {
        let stream = dial(&self.address, turn).await?;
        #[cfg(feature = "zookeeper-tls")]
        if let Some((connector, name)) = &self.tls {
            return Ok(Box::new(connector.connect(name.clone(), stream).await?));
        }
        Ok(Box::new(stream))
    }
}
