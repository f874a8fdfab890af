//! A TCP connection to a host with several addresses.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpStream, ToSocketAddrs, lookup_host};
use tokio::task::JoinSet;

/// The most addresses of a host that are tried.
const MOST: usize = 16;
/// The wait for an address before the next one is tried beside it.
const NEXT: Duration = Duration::from_millis(100);

/// Connects to the first address that answers. An address that is silent does not hold up the others, as RFC 8305 asks.
/// The first `turn` addresses are tried last.
pub(crate) async fn dial(host: impl ToSocketAddrs, turn: usize) -> io::Result<TcpStream> {
    let mut addresses: Vec<SocketAddr> = lookup_host(host).await?.take(MOST).collect();
    let first = turn % addresses.len().max(1);
    addresses.rotate_left(first);
    let stream = first_of(addresses).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn first_of(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    // Its end is the end of the connections that are not needed.
    let mut dialled = JoinSet::new();
    let mut addresses = addresses.into_iter();
    loop {
        let is_last = match addresses.next() {
            Some(address) => {
                dialled.spawn(TcpStream::connect(address));
                addresses.len() == 0
            }
            None => true,
        };
        let ended = if is_last {
            dialled.join_next().await
        } else {
            tokio::time::timeout(NEXT, dialled.join_next()).await.unwrap_or_default()
        };
        match ended {
            Some(Ok(Ok(stream))) => return Ok(stream),
            Some(Ok(Err(error))) => failure = error,
            None if is_last => return Err(failure),
            // Connecting does not panic, and is not cancelled here.
            Some(Err(_)) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpSocket};
    use tokio::time::Instant;

    use super::*;

    /// Returns a listener whose queue is full, so that the system answers no more, and the clients in the queue.
    async fn silent() -> (TcpListener, Vec<TcpStream>) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let mut clients = Vec::new();
        let connect = || TcpStream::connect(listener.local_addr().unwrap());
        while let Ok(client) = tokio::time::timeout(Duration::from_millis(200), connect()).await {
            clients.push(client.unwrap());
        }
        (listener, clients)
    }

    #[tokio::test]
    async fn a_silent_address_does_not_hold_up_the_next() {
        let (silent, _clients) = silent().await;
        let live = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let [silent, live] = [&silent, &live].map(|listener| listener.local_addr().unwrap());
        let begun = Instant::now();
        let stream = dial(&[silent, silent, live][..], 0).await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), live);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}: a store has no longer", begun.elapsed());
    }

    #[tokio::test]
    async fn an_address_that_refuses_is_left_at_once_and_its_error_is_kept() {
        let refusing = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let live = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = dial(&[refusing, live][..], 0).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        assert_eq!(dial(&[][..], 3).await.unwrap_err().to_string(), "the host has no address");
    }

    #[tokio::test]
    async fn the_turn_is_the_first_address() {
        let (one, two) = (TcpListener::bind("127.0.0.1:0"), TcpListener::bind("127.0.0.1:0"));
        let listeners = [one.await.unwrap(), two.await.unwrap()];
        let [one, two] = listeners.each_ref().map(|listener| listener.local_addr().unwrap());
        for (turn, expected) in [(0, one), (1, two), (2, one), (usize::MAX, two)] {
            assert_eq!(dial(&[one, two][..], turn).await.unwrap().peer_addr().unwrap(), expected, "{turn}");
        }
    }
}
