use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::answer::answer;
use super::connection::{Connection, Duplex};
use crate::caught::catch_subscriber;

/// The longest time for the headers of a request, and the longest idle time between two requests.
const HEADERS: Duration = Duration::from_secs(30);
/// The most headers of a request, and the most bytes in them.
const HEADER_LINES: usize = 64;
const HEADER_BYTES: usize = 64 << 10;
/// The time for which a connection stays open after its last answer, so that its client can read it; and the most bytes
/// that are discarded meanwhile.
const LINGER: Duration = Duration::from_secs(1);
const REST: u64 = 2 << 20;

/// Answers one request after the other, until one side ends the connection.
pub(super) async fn requests(stream: impl Duplex, connection: &Arc<Connection>) {
    let answered = service_fn(|request: Request<Incoming>| {
        let connection = Arc::clone(connection);
        Box::pin(async move { Ok::<_, Infallible>(answer(&connection, request).await) })
    });
    let mut served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_headers(HEADER_LINES)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), answered);
    let stop = &connection.stop;
    let mut asked_to_end = stop.is_cancelled();
    let end = tokio::select! {
        end = poll_fn(|context| served.poll_without_shutdown(context)) => end,
        () = stop.cancelled() => {
            asked_to_end = true;
            std::pin::Pin::new(&mut served).graceful_shutdown();
            poll_fn(|context| served.poll_without_shutdown(context)).await
        }
    };
    if let Err(error) = &end {
        catch_subscriber(|| tracing::debug!(%error, "a client's connection was lost"));
    }
    let stream = served.into_parts().io.into_inner();
    if !asked_to_end {
        let _ = tokio::time::timeout(LINGER, let_go(stream)).await;
    }
}

/// Closes a stream, and discards bytes that its client still sends. A socket that is closed with unread bytes loses
/// written ones, so a refused client would not read its answer.
async fn let_go(mut stream: impl Duplex) {
    if stream.shutdown().await.is_ok() {
        let _ = tokio::io::copy(&mut stream.take(REST), &mut tokio::io::sink()).await;
    }
}
