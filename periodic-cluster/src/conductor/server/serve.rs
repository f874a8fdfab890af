use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use periodic_core::task::{Cancellation, catch_panic};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::{Bound, Parts, answer};

/// How many connections are served at once; further ones wait.
const CONNECTIONS: usize = 1_024;
/// How long a client may take for TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a client may take for the headers of a request, and be idle between two.
const HEADERS: Duration = Duration::from_secs(30);
/// How long requests may go on when the server is asked to end.
const DRAIN: Duration = Duration::from_secs(5);
/// After a connection could not be taken, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(100);

impl Bound {
    /// Serves until `stop` is cancelled, and then for at most five seconds more, for the requests that have begun.
    ///
    /// # Errors
    /// None today: a connection that fails harms no other.
    ///
    /// # Cancel safety
    /// Dropping it closes all connections.
    pub async fn serve(self, stop: Cancellation) -> io::Result<()> {
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut going = JoinSet::new();
        tracing::debug!(address = %self.address, tls = self.tls.is_some(), "the conductor serves");
        loop {
            let accepted = async {
                // Never closed.
                let place = Arc::clone(&places).acquire_owned().await;
                (place, self.listener.accept().await)
            };
            tokio::select! {
                () = stop.cancelled() => break,
                Some(ended) = going.join_next() => drop(catch_panic(|| drop(ended))),
                (place, accepted) = accepted => match accepted {
                    Ok((stream, _)) => {
                        let served = connection(stream, self.tls.clone(), Arc::clone(&self.parts), stop.clone());
                        going.spawn(async {
                            served.await;
                            drop(place);
                        });
                    }
                    Err(error) => {
                        tracing::debug!(%error, "no connection could be taken");
                        tokio::time::sleep(PAUSE).await;
                    }
                },
            }
        }
        drop(self.listener);
        let drained = async { while going.join_next().await.is_some() {} };
        // What is left then ends with the set.
        let _ = tokio::time::timeout(DRAIN, drained).await;
        Ok(())
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, parts: Arc<Parts>, stop: Cancellation) {
    // An answer is one packet or a stream of them; neither shall wait for more.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else { return requests(stream, parts, stop).await };
    let shaken = tokio::select! {
        () = stop.cancelled() => return,
        shaken = tokio::time::timeout(HANDSHAKE, tls.accept(stream)) => shaken,
    };
    match shaken {
        Ok(Ok(stream)) => requests(stream, parts, stop).await,
        Ok(Err(error)) => tracing::debug!(%error, "a client does not come to terms about TLS"),
        Err(_) => tracing::debug!("a client is too slow with TLS"),
    }
}

async fn requests(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    parts: Arc<Parts>,
    stop: Cancellation,
) {
    let answered = service_fn(|request| {
        let (parts, stop) = (Arc::clone(&parts), stop.clone());
        async move { Ok::<_, Infallible>(answer::answer(&parts, request, stop).await) }
    });
    let mut served = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_headers(64)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), answered)
    );
    let end = tokio::select! {
        end = served.as_mut() => end,
        () = stop.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = end {
        tracing::debug!(%error, "a client was lost");
    }
}
