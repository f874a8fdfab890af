use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use periodic_runtime::boxed::BoxError;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::dial::dial;

/// The longest time to open a connection, TLS included.
const CONNECT: Duration = Duration::from_secs(5);

/// The address of a conductor, and its TLS.
pub(super) struct Address {
    /// The form for sockets: an IPv6 address has no brackets.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Option<(TlsConnector, ServerName<'static>)>,
}

/// A connection, which ends with this value.
pub(super) struct Link {
    sender: SendRequest<Full<Bytes>>,
    /// Reads and writes; it ends with this value.
    _driver: JoinSet<()>,
}

/// The reason why there is no answer.
pub(super) enum Lost {
    /// The request was not sent. It can be sent on another connection.
    Unsent(Box<Request<Full<Bytes>>>),
    /// It may have arrived.
    Sent(BoxError),
}

impl Link {
    pub(super) async fn open(address: &Address) -> Result<Self, BoxError> {
        let opening = async {
            let stream = dial((address.host.as_str(), address.port), 0).await?;
            match &address.tls {
                None => Self::over(stream).await,
                Some((tls, name)) => Self::over(tls.connect(name.clone(), stream).await?).await,
            }
        };
        match tokio::time::timeout(CONNECT, opening).await {
            Ok(end) => end,
            Err(_) => Err(format!("no connection within {CONNECT:?}").into()),
        }
    }

    async fn over(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Result<Self, BoxError> {
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // The future that waits for the answer gets its errors, too.
        let mut driver = JoinSet::new();
        driver.spawn(async { drop(connection.await) });
        Ok(Self { sender, _driver: driver })
    }

    pub(super) async fn ask(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Lost> {
        if self.sender.ready().await.is_err() {
            return Err(Lost::Unsent(Box::new(request)));
        }
        self.sender.try_send_request(request).await.map_err(|mut lost| match lost.take_message() {
            Some(request) => Lost::Unsent(Box::new(request)),
            None => Lost::Sent(lost.into_error().into()),
        })
    }
}
