use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::Place;
use crate::boxed::BoxError;
use crate::conductor::task::Owned;

/// How long making a connection may take, TLS included.
const CONNECT: Duration = Duration::from_secs(5);

/// A connection, which ends with this value.
pub(super) struct Link {
    sender: SendRequest<Full<Bytes>>,
    _driver: Owned<()>,
}

/// Why there is no answer.
pub(super) enum Lost {
    /// The request was not sent: it can be sent on another connection.
    Unsent(Box<Request<Full<Bytes>>>),
    /// It may have arrived.
    Sent(BoxError),
}

impl Link {
    pub(super) async fn open(place: &Place) -> Result<Self, BoxError> {
        let opening = async {
            let stream = TcpStream::connect((place.host.as_str(), place.port)).await?;
            stream.set_nodelay(true)?;
            match &place.tls {
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
        // What fails there is told to whoever waits for the answer.
        let driver = Owned::spawn(async { drop(connection.await) });
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
