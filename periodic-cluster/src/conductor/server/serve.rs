use std::io;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::task::{Cancellation, catch_panic};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::connection::{Connection, Duplex};
use super::patience::Patience;
use super::places::{Place, Places};
use super::requests::requests;
use super::{Bound, ServerState};
use crate::caught::catch_subscriber;

/// The longest time until a client has shown a token, TLS included.
const STRANGER: Duration = Duration::from_secs(10);
/// The longest time for open requests after the server was asked to end.
const DRAIN: Duration = Duration::from_secs(5);
/// The wait after a connection could not be accepted, such as with too many open files.
const PAUSE: Duration = Duration::from_millis(100);

impl Bound {
    /// Serves until `stop` is cancelled, and then for at most five seconds, for requests that have begun.
    ///
    /// # Errors
    /// None today: a failed connection affects no other.
    ///
    /// # Cancel safety
    /// Dropping it closes all connections.
    pub async fn serve(self, stop: Cancellation) -> io::Result<()> {
        let places = Places::new(self.connections, self.of_one_address);
        let mut going = JoinSet::new();
        catch_subscriber(
            || tracing::debug!(address = %self.address, tls = self.tls.is_some(), "the conductor serves"),
        );
        loop {
            let accepted = async {
                let (stream, from) = self.listener.accept().await?;
                Ok::<_, io::Error>((stream, places.take(from.ip()).await))
            };
            tokio::select! {
                () = stop.cancelled() => break,
                accepted = accepted => match accepted {
                    Ok((stream, Some(place))) => {
                        // An answer is one packet or a stream of packets; none should wait for the next.
                        let _ = stream.set_nodelay(true);
                        let state = Arc::clone(&self.state);
                        going.spawn(connection(stream, self.tls.clone(), place, state, stop.clone()));
                    }
                    Ok((stream, None)) => self.state.share_is_taken(&stream),
                    Err(error) => {
                        if let Some(times) = self.state.lost.happens() {
                            catch_subscriber(|| tracing::warn!(%error, times, "the conductor could not accept a connection"));
                        }
                        tokio::time::sleep(PAUSE).await;
                    }
                },
            }
            // All connected clients have their turn before the next is accepted.
            tokio::task::yield_now().await;
            // Connections that have ended since.
            while let Some(ended) = going.try_join_next() {
                let _ = catch_panic(|| drop(ended));
            }
        }
        drop(self.listener);
        let drained = async {
            while let Some(ended) = going.join_next().await {
                let _ = catch_panic(|| drop(ended));
            }
        };
        // Connections that are left end with the set.
        let _ = tokio::time::timeout(DRAIN, drained).await;
        Ok(())
    }
}

impl ServerState {
    fn share_is_taken(&self, stream: &TcpStream) {
        if let Some(times) = self.refused.happens() {
            let client = stream.peer_addr().ok().map(|address| address.ip().to_string());
            catch_subscriber(|| {
                tracing::warn!(
                    client,
                    times,
                    "the conductor closed a connection: too many from its client's address",
                );
            });
        }
    }
}

pub(super) async fn connection(
    stream: impl Duplex,
    tls: Option<TlsAcceptor>,
    place: Place,
    state: Arc<ServerState>,
    stop: Cancellation,
) {
    let connection = Arc::new(Connection { state, place, stop });
    let place = &connection.place;
    tokio::select! {
        () = served(stream, tls, &connection) => {}
        () = place.ended() => catch_subscriber(|| tracing::debug!("a client without a token was replaced by another")),
        () = is_a_stranger_too_long(place) => catch_subscriber(|| tracing::debug!("a client sent no token in time")),
    }
}

async fn is_a_stranger_too_long(place: &Place) {
    tokio::time::sleep(STRANGER).await;
    if place.is_known() {
        std::future::pending::<()>().await;
    }
}

async fn served(stream: impl Duplex, tls: Option<TlsAcceptor>, connection: &Arc<Connection>) {
    let stream = Patience::new(stream);
    let Some(tls) = tls else { return requests(stream, connection).await };
    let shaken = tokio::select! {
        () = connection.stop.cancelled() => return,
        shaken = tls.accept(stream) => shaken,
    };
    match shaken {
        Ok(stream) => requests(stream, connection).await,
        Err(error) => catch_subscriber(|| tracing::debug!(%error, "a client's TLS handshake failed")),
    }
}
