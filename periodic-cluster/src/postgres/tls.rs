use std::sync::Arc;

use periodic_runtime::boxed::BoxError;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// The TLS of connections, if the `sslmode` asks for it.
#[derive(Clone)]
pub(super) struct Tls(Option<Arc<ClientConfig>>);

impl Tls {
    /// For `sslmode=disable`, which never uses it.
    pub(super) const NONE: Self = Self(None);

    pub(super) fn new(config: ClientConfig) -> Self {
        Self(Some(Arc::new(config)))
    }

    /// Creates the handshake with the host of this name.
    ///
    /// A password is not bound to the certificate: `sslmode` alone decides how the certificate is checked.
    pub(super) async fn encrypt(
        &self,
        stream: TcpStream,
        host: &str,
    ) -> Result<TlsStream<TcpStream>, BoxError> {
        let config = self.0.clone().ok_or("TLS is switched off")?;
        let name = ServerName::try_from(host.to_owned())?;
        Ok(TlsConnector::from(config).connect(name, stream).await?)
    }
}
